/** What a contestant computes, for the parity check. */
export type Outcome = Float64Array | readonly number[] | number;

/** Numbers handed to a peer in another process. */
export interface Tensor {
  readonly shape: readonly number[];
  readonly data: Float64Array;
}

/**
 * A contestant in this process, a function of bench/python/peers.py, or a limit: the least that the machine would
 * need, whose outcome means nothing (its time ÷ ours is the share of the machine's best that we reach).
 */
export type Peer =
  | { readonly run: () => Outcome }
  | { readonly limit: () => Outcome }
  | { readonly python: string; readonly inputs: Readonly<Record<string, Tensor | number>> };

/** One size of one problem, ready to be timed. */
export interface Contest {
  readonly ours: () => Outcome;
  readonly peers: Readonly<Record<string, Peer>>;
  /**
   * Says what is wrong with a peer's outcome, or nothing when it agrees; no clock starts before every peer has agreed.
   */
  readonly disagreement: (ours: Outcome, theirs: Outcome) => string | undefined;
}

/** One problem at growing sizes. A package's `bench/x.bench.ts` exports its ladders by default, as an array. */
export interface Ladder<Size = unknown> {
  readonly name: string;
  readonly sizes: readonly Size[];
  readonly describe: (size: Size) => string;
  readonly prepare: (size: Size) => Contest;
}

/** Keeps the type of the sizes inside one ladder. */
export function ladder<Size>(definition: Ladder<Size>): Ladder {
  return definition as Ladder;
}

const flat = (outcome: Outcome): ArrayLike<number> => (typeof outcome === "number" ? [outcome] : outcome);

/** A parity check: every number within `relative` of its counterpart, on the scale of the largest. */
export function within(relative: number): Contest["disagreement"] {
  return (ours, theirs) => {
    const a = flat(ours);
    const b = flat(theirs);
    if (a.length !== b.length) return `${b.length} numbers instead of ${a.length}`;
    let scale = 0;
    let worst = 0;
    for (let i = 0; i < a.length; i++) {
      scale = Math.max(scale, Math.abs(a[i]!));
      const distance = Math.abs(a[i]! - b[i]!);
      worst = Math.max(distance, worst); // a NaN stays
    }
    return worst <= relative * scale ? undefined : `differs by ${worst} on a scale of ${scale}`;
  };
}
