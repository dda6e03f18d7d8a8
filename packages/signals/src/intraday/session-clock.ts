import type { TimeZoneOffsets } from "@astra-quant/core-linalg";
import {
  requireOneOf,
  requireTimeOfDay,
  requireZone,
  wallTime,
  type Zone,
} from "@astra-quant/core-linalg/guards";

const DAY = 86_400_000;

/** What sessions are told apart by. */
export interface SessionSettings {
  /** An IANA zone, read from the engine's data, or its offsets: whose days are sessions. @defaultValue "UTC" */
  readonly timeZone?: string | TimeZoneOffsets;
  /** The zone's time of day at which a session begins: "18:00" for a future's. @defaultValue "00:00" */
  readonly dayStart?: string;
  /**
   * To which session a bar exactly on the border belongs: "left", to the one that begins there (bars named by their
   * start); "right", to the one that ends there (bars named by their end). @defaultValue "left"
   */
  readonly closed?: "left" | "right";
}

export const SESSION_SETTINGS: readonly string[] = ["timeZone", "dayStart", "closed"];

export function requireSessionSettings(options: SessionSettings, within = ""): Required<SessionSettings> {
  const { timeZone = "UTC", dayStart = "00:00", closed = "left" } = options;
  if (typeof timeZone !== "string") requireZone(timeZone, 0, 0);
  requireTimeOfDay(`${within}dayStart`, dayStart);
  return { timeZone, dayStart, closed: requireOneOf(`${within}closed`, closed, ["left", "right"]) };
}

/** Numbers the sessions of a market, whatever its clocks do: two moments of one number are of one session. */
export class SessionClock {
  readonly #timeZone: string | TimeZoneOffsets;
  readonly #start: number;
  readonly #right: boolean;
  #zone: Zone = { transitions: new Float64Array(0), offsets: new Float64Array(1) };
  /** The zone is known within these moments. */
  #from = Number.POSITIVE_INFINITY;
  #until = Number.NEGATIVE_INFINITY;

  constructor({ timeZone, dayStart, closed }: Required<SessionSettings>) {
    this.#timeZone = timeZone;
    this.#start = requireTimeOfDay("dayStart", dayStart);
    this.#right = closed === "right";
  }

  /** The session of a moment in epoch milliseconds. */
  sessionOf(time: number): number {
    if (time < this.#from || time > this.#until) {
      this.#from = time;
      this.#until = time + 400 * DAY;
      this.#zone = requireZone(this.#timeZone, this.#from, this.#until);
    }
    const day = (wallTime(this.#zone, time) - this.#start) / DAY;
    return this.#right ? Math.ceil(day) - 1 : Math.floor(day);
  }
}
