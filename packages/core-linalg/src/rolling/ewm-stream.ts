import { requireInteger, requireNumber } from "../guards/numbers.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { requireStateRecord } from "../guards/states.ts";
import {
  type DecayOptions,
  type EwmSettings,
  type EwmWindowOptions,
  requireEwmOptions,
} from "./ewm-decay.ts";
import { type EwmForm, type EwmRecord, emptyEwmRecord, readOff, takeIn } from "./ewm-moments.ts";

/** Where an exponentially weighted stream stands, as plain JSON: its options, and what its past comes down to. */
export interface EwmState extends DecayOptions {
  readonly version: 1;
  readonly adjust: boolean;
  readonly ignoreMissing: boolean;
  readonly minPeriods: number;
  readonly record: EwmRecordState;
}

/** The mean, its rest and the variance are null where they have left the doubles. */
export type EwmRecordState = { readonly [Name in keyof EwmRecord]: number | null };

/** An exponentially weighted statistic of one series, pushed value by value; the function of the same name folds it. */
export class EwmStream {
  readonly #settings: EwmSettings;
  readonly #form: EwmForm;
  readonly #record: EwmRecord;

  /** @internal */
  constructor(settings: EwmSettings, form: EwmForm, record: EwmRecord = emptyEwmRecord()) {
    this.#settings = settings;
    this.#form = form;
    this.#record = record;
  }

  /**
   * The answer up to this value, in the bits that the batch form gives. A value that is not finite is missing: the
   * answer stays, its weights may age.
   *
   * @throws QuantError "data" when x is no number.
   */
  push(x: number): number {
    takeIn(this.#record, requireNumber("x", x), this.#settings);
    if (this.#record.count < this.#settings.minPeriods) return Number.NaN;
    const answer = readOff(this.#record, this.#form);
    return Number.isFinite(answer) ? answer : Number.NaN;
  }

  /** A snapshot, plain JSON, to go on from with `from`. */
  get state(): EwmState {
    const { given, adjust, ignoreMissing, minPeriods } = this.#settings;
    const record = { ...this.#record } as { -readonly [Name in keyof EwmRecord]: number | null };
    for (const name of RECORD_NAMES) if (!Number.isFinite(record[name])) record[name] = null;
    return { ...given, version: 1, adjust, ignoreMissing, minPeriods, record };
  }
}

const RECORD_NAMES = Object.keys(emptyEwmRecord()) as (keyof EwmRecord)[];

/** What of a record is never below zero. */
const NEVER_NEGATIVE: ReadonlySet<keyof EwmRecord> = new Set(["variance", "spread", "weight"]);
/** What of a record never leaves the doubles. */
const ALWAYS_FINITE: ReadonlySet<keyof EwmRecord> = new Set(["count", "spread", "weight"]);

function requireRecord(numbers: unknown): EwmRecord {
  const given = (numbers ?? {}) as Readonly<Record<string, unknown>>;
  const record = emptyEwmRecord();
  for (const name of RECORD_NAMES) {
    const value = given[name];
    const legal =
      value === null
        ? !ALWAYS_FINITE.has(name)
        : Number.isFinite(value) && !(NEVER_NEGATIVE.has(name) && (value as number) < 0);
    if (!legal) {
      const sign = NEVER_NEGATIVE.has(name) ? "non-negative" : "finite";
      const gone = ALWAYS_FINITE.has(name) ? "" : " or null";
      const argument = `state.record.${name}`;
      throw new QuantError("data", `${argument} must be a ${sign} number${gone}, got ${show(value)}`, {
        argument,
        value,
      });
    }
    record[name] = value === null ? Number.NaN : (value as number);
  }
  requireInteger("state.record.count", record.count, 0);
  return record;
}

/** The stream that `create` makes of a state's options, of its other fields and of its past. */
export function resumeEwm<Stream>(
  state: unknown,
  create: (options: EwmWindowOptions, fields: Readonly<Record<string, unknown>>, record: EwmRecord) => Stream,
): Stream {
  const fields = requireStateRecord(state);
  return create(requireEwmOptions(fields), fields, requireRecord(fields.record));
}
