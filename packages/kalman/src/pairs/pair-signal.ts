import { QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requireVector, show } from "@astra-quant/core-linalg/guards";
import { PAIR_SIGNAL_OPTIONS, type PairSignalOptions, pairSignalSettings } from "./pair-signal-options.ts";
import { type PairPosition, type PairSignalReason, PairSignalRule } from "./pair-signal-rule.ts";

export interface PairSignalSeriesOptions extends PairSignalOptions {
  /** Where the positions go, as many entries as z-scores. Without it a new array is made. */
  readonly out?: Int8Array;
}

function outputOf(out: Int8Array | undefined, length: number): Int8Array {
  if (out === undefined) return new Int8Array(length);
  if (ArrayBuffer.isView(out) && out instanceof Int8Array && out.length === length) return out;
  throw new QuantError("shape", `out must be an Int8Array of ${length} entries, got ${show(out)}`, {
    argument: "out",
    expected: length,
  });
}

/**
 * The position in a pair that each z-score calls for, to be held from the next bar on: +1 is long y and short
 * slope · x, −1 the reverse, 0 flat.
 *
 * z > `enter` goes short, z < −`enter` goes long (from flat and from the opposite position alike), |z| <
 * `exit` goes flat, anything between keeps the position. A NaN says nothing, so it keeps the position too:
 * before the first signal that is flat. `stop`, `rearm`, `flip`, `warmUp` and the limits of holding refine this; where
 * several apply on one bar, the order is stop, flip, exit, time-out. The same positions as {@link PairSignal} fed bar by bar.
 *
 * @param zScore - one a bar, NaN where undefined; an infinity is an extreme like any other
 * @throws QuantError "range" when `exit` exceeds `enter` or another option is illegal, "shape" for no vector
 */
export function pairSignal(zScore: VectorLike, options: PairSignalSeriesOptions = {}): Int8Array {
  requireKnownOptions(options, [...PAIR_SIGNAL_OPTIONS, "out"]);
  const { out, ...rules } = options;
  const rule = new PairSignalRule(pairSignalSettings(rules));
  const z = requireVector("zScore", zScore);
  const position = outputOf(out, z.length);
  for (let t = 0; t < z.length; t++) {
    rule.advance(z[t]!);
    position[t] = rule.memory.position;
  }
  return position;
}

/** A bar on which the position changed. */
export interface PairSignalChange {
  readonly bar: number;
  readonly from: PairPosition;
  readonly to: PairPosition;
  /** NaN where a time-out fell on a missing bar. */
  readonly zScore: number;
  readonly reason: PairSignalReason;
}

export interface ExplainedPairSignal {
  /** What {@link pairSignal} gives. */
  readonly position: Int8Array;
  /** One a bar. */
  readonly reasons: readonly PairSignalReason[];
  /** The bars on which the position changed, in their order. */
  readonly changes: readonly PairSignalChange[];
}

/**
 * {@link pairSignal} with the reason of every bar, and a list of the changes.
 *
 * @throws QuantError as {@link pairSignal} does
 */
export function explainPairSignal(zScore: VectorLike, options: PairSignalOptions = {}): ExplainedPairSignal {
  const rule = new PairSignalRule(pairSignalSettings(options));
  const z = requireVector("zScore", zScore);
  const position = new Int8Array(z.length);
  const reasons: PairSignalReason[] = [];
  const changes: PairSignalChange[] = [];
  for (let bar = 0; bar < z.length; bar++) {
    const from = rule.memory.position;
    const reason = rule.advance(z[bar]!);
    const to = rule.memory.position;
    position[bar] = to;
    reasons.push(reason);
    if (to !== from) changes.push({ bar, from, to, zScore: z[bar]!, reason });
  }
  return { position, reasons, changes };
}
