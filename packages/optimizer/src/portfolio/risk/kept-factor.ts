import { type DefiniteBlock, type FactorRows, withDefiniteBlock } from "../../kernels/definite-block.ts";

/** What the solve of a row that is not wanted costs, in multiplications of the elimination: at every use again. */
const COST_OF_SOLVING = 4;
/** Fewer rows are not worth looking for. */
const FEWEST = 16;

/** A factored matrix that holds Σ_FF + diag(shift) among its rows. */
export interface FactorAround {
  readonly block: DefiniteBlock;
  readonly N: number;
  /** The row of each free asset. */
  readonly places: Int32Array;
  /** The other rows: assets that are free no more. */
  readonly others: readonly number[];
}

/**
 * The factor of Σ_FF + diag(shift) for the assets F that were free last, out of which those of other sets are made:
 * assets new to it come behind, a few that have left stay as rows that are not wanted. What is not worth keeping is
 * worked out again.
 */
export class KeptFactor {
  readonly #sigma: Float64Array;
  readonly #n: number;
  /** Asset and shift of each row. */
  #assets: Int32Array;
  #shifts: Float64Array;
  #rows: FactorRows;

  /** Begins with the factor of Σ itself, all assets in their order: its entries are written over later. */
  constructor(sigma: Float64Array, n: number, entries: Float64Array) {
    this.#sigma = sigma;
    this.#n = n;
    this.#assets = Int32Array.from({ length: n }, (_, i) => i);
    this.#shifts = new Float64Array(n);
    this.#rows = { count: n, entries };
  }

  /** What `use` gives; undefined, and `use` not called, where there is no factor. */
  with<T>(free: Int32Array, shift: Float64Array, use: (around: FactorAround) => T): T | undefined {
    const wantedAs = this.#wantedAs(free, shift);
    const { kept, others } = worthKeeping(this.#n, free.length, wantedAs);
    const N = free.length + others.length;
    const assets = new Int32Array(N);
    const shifts = new Float64Array(N);
    assets.set(this.#assets.subarray(0, kept));
    shifts.set(this.#shifts.subarray(0, kept));
    const places = new Int32Array(free.length).fill(-1);
    for (let row = 0; row < kept; row++) if (wantedAs[row] !== -1) places[wantedAs[row]!] = row;
    let next = kept;
    const append = (a: number): void => {
      places[a] = next;
      assets[next] = free[a]!;
      shifts[next++] = shift[a]!;
    };
    // what stayed before what came: what came is likelier to leave, and then less is worked out again
    for (let row = kept; row < wantedAs.length; row++) if (wantedAs[row] !== -1) append(wantedAs[row]!);
    for (let a = 0; a < free.length; a++) if (places[a] === -1) append(a);
    const { entries } = this.#rows;
    const keepAndUse = (block: DefiniteBlock): T => {
      if (kept < N) block.copyRows(kept, entries);
      this.#assets = assets;
      this.#shifts = shifts;
      this.#rows = { count: N, entries };
      return use({ block, N, places, others });
    };
    const fill = (K: Float64Array, first: number): void => this.#fill(K, first, assets, shifts);
    return withDefiniteBlock(N, fill, keepAndUse, { count: kept, entries });
  }

  /** Of each row, which of the free assets it stands for; −1 for none. */
  #wantedAs(free: Int32Array, shift: Float64Array): Int32Array {
    const indexOf = new Int32Array(this.#n).fill(-1);
    for (let a = 0; a < free.length; a++) indexOf[free[a]!] = a;
    const wantedAs = new Int32Array(this.#rows.count).fill(-1);
    for (let row = 0; row < wantedAs.length; row++) {
      const asset = this.#assets[row]!;
      const a = indexOf[asset]!;
      if (a === -1 || shift[a] !== this.#shifts[row]) continue;
      wantedAs[row] = a;
      indexOf[asset] = -1;
    }
    return wantedAs;
  }

  /** The lower triangle of Σ's block and the shifts on its diagonal, from row `first` on. */
  #fill(K: Float64Array, first: number, assets: Int32Array, shifts: Float64Array): void {
    const N = assets.length;
    for (let row = first; row < N; row++) {
      const from = assets[row]! * this.#n;
      const to = row * N;
      for (let column = 0; column <= row; column++) K[to + column] = this.#sigma[from + assets[column]!]!;
      K[to + row]! += shifts[row]!;
    }
  }
}

/** How many rows to keep, and which of them are not wanted: what takes the fewest operations, and no more than n rows. */
function worthKeeping(
  n: number,
  f: number,
  wantedAs: Int32Array,
): { readonly kept: number; readonly others: readonly number[] } {
  let cheapest = f ** 3 / 3;
  let best = { kept: 0, others: 0 };
  const others: number[] = [];
  for (let kept = 0; kept <= wantedAs.length && f + others.length <= n; kept++) {
    if (kept < wantedAs.length && wantedAs[kept] !== -1) continue;
    const N = f + others.length;
    const solves = COST_OF_SOLVING * 2 * N * N * others.length;
    const cost = (N ** 3 - kept ** 3 + others.length ** 3) / 3 + solves;
    if (kept >= FEWEST && cost < cheapest) {
      cheapest = cost;
      best = { kept, others: others.length };
    }
    others.push(kept);
  }
  return { kept: best.kept, others: others.slice(0, best.others) };
}
