/**
 * What is not known at all, exactly: P∞ = B Bᵀ with a column of B for every direction of the state of which nothing has
 * been observed yet. An observation with weights h settles one direction: the columns are turned so that the first alone
 * meets h, and it is dropped. The rank falls by whole columns, so that no tolerance decides it later.
 */
export class DiffuseBasis {
  readonly size: number;
  /** Row-major, size × columns. */
  data: Float64Array;
  columns: number;

  constructor(size: number, data: Float64Array) {
    this.size = size;
    this.data = data;
    this.columns = size === 0 ? 0 : data.length / size;
  }

  /** Nothing is known of the states whose scale is not 0: a diagonal matrix without its zero columns. */
  static ofScales(scales: ArrayLike<number>): DiffuseBasis {
    const size = scales.length;
    const unknown = Array.from({ length: size }, (_, i) => i).filter((i) => scales[i] !== 0);
    const data = new Float64Array(size * unknown.length);
    unknown.forEach((i, j) => {
      data[i * unknown.length + j] = scales[i]!;
    });
    return new DiffuseBasis(size, data);
  }

  /** True where state i is known but for a finite variance. */
  settled(i: number): boolean {
    for (let j = 0; j < this.columns; j++) if (this.data[i * this.columns + j] !== 0) return false;
    return true;
  }

  /**
   * The observation h, whose entries were computed from numbers of the magnitudes `reach`: when it meets an unknown
   * direction, writes B Bᵀh ÷ F∞ into `gain`, drops the direction and returns F∞ = hᵀB Bᵀh. Otherwise, and where
   * it meets no more than the rounding of its entries, 0.
   */
  settle(h: ArrayLike<number>, reach: ArrayLike<number>, gain: Float64Array): number {
    const { size, columns, data } = this;
    if (columns === 0) return 0;
    const w = new Float64Array(columns);
    let doubt = 0;
    for (let i = 0; i < size; i++) {
      let row = 0;
      for (let j = 0; j < columns; j++) {
        const entry = data[i * columns + j]!;
        w[j]! += entry * h[i]!;
        row += Math.abs(entry);
      }
      doubt += row * reach[i]!;
    }
    let diffuseVariance = 0;
    for (let j = 0; j < columns; j++) diffuseVariance += w[j]! * w[j]!;
    const length = Math.sqrt(diffuseVariance);
    if (!(length > 32 * size * Number.EPSILON * doubt)) return 0;
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += data[i * columns + j]! * w[j]!;
      gain[i] = sum / diffuseVariance;
    }
    this.#turn(w, length);
    return diffuseVariance;
  }

  // Householder: u = w + sign(w₀) |w| e₀ turns w into a multiple of e₀; B ← B (I − 2 u uᵀ ÷ uᵀu) without column 0.
  #turn(w: Float64Array, length: number): void {
    const { size, columns, data } = this;
    const signed = w[0]! < 0 ? -length : length;
    w[0]! += signed;
    const half = signed * w[0]!; // uᵀu ÷ 2
    const next = new Float64Array(size * (columns - 1));
    for (let i = 0; i < size; i++) {
      let sum = 0;
      for (let j = 0; j < columns; j++) sum += data[i * columns + j]! * w[j]!;
      for (let j = 1; j < columns; j++) {
        next[i * (columns - 1) + j - 1] = data[i * columns + j]! - (sum / half) * w[j]!;
      }
    }
    this.data = next;
    this.columns = columns - 1;
  }

  /** The state moves by T (row-major): B ← T B, without the directions that T forgets. */
  transform(T: Float64Array): void {
    const { size, columns, data } = this;
    if (columns === 0) return;
    const moved = new Float64Array(size * columns);
    for (let i = 0; i < size; i++) {
      for (let k = 0; k < size; k++) {
        const t = T[i * size + k]!;
        if (t === 0) continue;
        for (let j = 0; j < columns; j++) moved[i * columns + j]! += t * data[k * columns + j]!;
      }
    }
    const kept = Array.from({ length: columns }, (_, j) => j).filter((j) => {
      for (let i = 0; i < size; i++) if (moved[i * columns + j] !== 0) return true;
      return false;
    });
    this.data = new Float64Array(size * kept.length);
    kept.forEach((from, to) => {
      for (let i = 0; i < size; i++) this.data[i * kept.length + to] = moved[i * columns + from]!;
    });
    this.columns = kept.length;
  }
}
