import { requireNumber } from "../guards/numbers.ts";
import { QuantError } from "../guards/quant-error.ts";
import { requireStateRecord, requireStateSeries, toJsonSeries } from "../guards/states.ts";
import { BlockMerge, type RunLaw } from "./block-merge.ts";
import { type JsonSeries, requireStateWindow } from "./stream-state.ts";

/** What a stream was made with. */
export interface StreamSettings {
  readonly window: number;
  readonly minPeriods: number;
}

/** The state of a stream over one series, with the settings that it was made with. */
export type SeriesState<Settings> = Settings & { readonly version: 1; readonly values: JsonSeries };

/** The state of a stream over two series, with the settings that it was made with. */
export type PairState<Settings> = Settings & {
  readonly version: 1;
  readonly x: JsonSeries;
  readonly y: JsonSeries;
};

/** A window over one series, pushed value by value; the functions of the same name fold it. */
export class SeriesStream<Settings extends StreamSettings = StreamSettings> {
  readonly #settings: Settings;
  readonly #merge: BlockMerge;

  /** @internal */
  constructor(settings: Settings, law: RunLaw) {
    this.#settings = settings;
    this.#merge = new BlockMerge(law, settings.window, settings.minPeriods);
  }

  /**
   * The answer for the window that ends with this value, in the bits that the batch form gives.
   *
   * @throws QuantError "data" when x is no number; NaN and the infinities are missing values.
   */
  push(x: number): number {
    return this.#merge.push(requireNumber("x", x));
  }

  /** A snapshot, plain JSON, to go on from with `from`. It holds at most 2 · window values. */
  get state(): SeriesState<Settings> {
    return { ...this.#settings, version: 1, values: toJsonSeries(this.#merge.remembered.x) };
  }
}

/** A window over two series, pushed row by row; the functions of the same name fold it. */
export class PairStream<Settings extends StreamSettings = StreamSettings> {
  readonly #settings: Settings;
  readonly #merge: BlockMerge;

  /** @internal */
  constructor(settings: Settings, law: RunLaw) {
    this.#settings = settings;
    this.#merge = new BlockMerge(law, settings.window, settings.minPeriods);
  }

  /**
   * The answer for the window that ends with this row, in the bits that the batch form gives.
   *
   * @throws QuantError "data" when x or y is no number; NaN and the infinities are missing values.
   */
  push(x: number, y: number): number {
    return this.#merge.push(requireNumber("x", x), requireNumber("y", y));
  }

  /** A snapshot, plain JSON, to go on from with `from`. It holds at most 2 · window rows. */
  get state(): PairState<Settings> {
    const { x, y } = this.#merge.remembered;
    return { ...this.#settings, version: 1, x: toJsonSeries(x), y: toJsonSeries(y) };
  }
}

/** Rows that two blocks hold while the second is open. */
const longest = (window: number): number => 2 * window;

/** The stream that `create` makes of a state's settings, brought to where the state was taken. */
export function resumeSeries<Stream extends { push(x: number): number }>(
  state: unknown,
  create: (settings: StreamSettings, state: Readonly<Record<string, unknown>>) => Stream,
): Stream {
  const record = requireStateRecord(state);
  const settings = requireStateWindow(record);
  const values = requireStateSeries("state.values", record.values, longest(settings.window));
  const stream = create(settings, record);
  for (const value of values) stream.push(value);
  return stream;
}

/** As {@link resumeSeries}, for two series. */
export function resumePair<Stream extends { push(x: number, y: number): number }>(
  state: unknown,
  create: (settings: StreamSettings, state: Readonly<Record<string, unknown>>) => Stream,
): Stream {
  const record = requireStateRecord(state);
  const settings = requireStateWindow(record);
  const x = requireStateSeries("state.x", record.x, longest(settings.window));
  const y = requireStateSeries("state.y", record.y, longest(settings.window));
  if (y.length !== x.length) {
    throw new QuantError("data", `state.y must have the ${x.length} entries of state.x, got ${y.length}`, {
      argument: "state.y",
    });
  }
  const stream = create(settings, record);
  for (let k = 0; k < x.length; k++) stream.push(x[k]!, y[k]!);
  return stream;
}
