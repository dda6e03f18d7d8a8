import { requireKnownOptions } from "../guards/options.ts";
import type { TableLike, TableOf } from "../series/table-like.ts";
import { ExtremeWindow, LARGEST } from "./extreme-window.ts";
import { extremesInKind } from "./min.ts";
import { type RollingOptions, requireWindow, type WindowOptions } from "./options.ts";
import { OrderStream } from "./order-stream.ts";
import { resumeSeries } from "./series-stream.ts";
import type { RollingState } from "./stream-state.ts";

/** The largest of the last `window` values at each time; everything else as in {@link rollingMin}. */
export function rollingMax<X extends TableLike>(
  x: X,
  window: number,
  options: RollingOptions<X> = {},
): TableOf<X> {
  return extremesInKind(x, window, options, LARGEST);
}

/** {@link rollingMax} value by value. */
export class RollingMax extends OrderStream {
  constructor(window: number, options: WindowOptions = {}) {
    requireKnownOptions(options, ["minPeriods"]);
    const settings = requireWindow(window, options.minPeriods);
    super(settings, new ExtremeWindow(window, settings.minPeriods, LARGEST));
  }

  /**
   * The stream that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RollingState): RollingMax {
    return resumeSeries(state, ({ window, minPeriods }) => new RollingMax(window, { minPeriods }));
  }
}
