import { requireNumber } from "../guards/numbers.ts";
import { toJsonSeries } from "../guards/states.ts";
import type { SeriesState, StreamSettings } from "./series-stream.ts";

/** A window whose answers depend on the order of its values alone. */
export interface OrderWindow {
  /** The values still in the window, the latest last. */
  readonly values: readonly number[];
  push(x: number): number;
}

/** Such a window, pushed value by value; the functions of the same name fold it. */
export class OrderStream<Settings extends StreamSettings = StreamSettings> {
  readonly #settings: Settings;
  readonly #window: OrderWindow;

  /** @internal */
  constructor(settings: Settings, window: OrderWindow) {
    this.#settings = settings;
    this.#window = window;
  }

  /**
   * The answer for the window that ends with this value, in the bits that the batch form gives.
   *
   * @throws QuantError "data" when x is no number; NaN and the infinities are missing values.
   */
  push(x: number): number {
    return this.#window.push(requireNumber("x", x));
  }

  /** A snapshot, plain JSON, to go on from with `from`. It holds the window's values. */
  get state(): SeriesState<Settings> {
    return { ...this.#settings, version: 1, values: toJsonSeries(this.#window.values) };
  }
}
