import type { QpSettings } from "./settings.ts";

const RHO_LEAST = 1e-6;
const RHO_GREATEST = 1e6;
const EQUALITY_FACTOR = 1e3;
const EQUALITY_WIDTH = 1e-4;

/** What a row asks for, by its scaled bounds. */
type RowKind = 0 | 1 | 2;
const FREE: RowKind = 0;
const INEQUALITY: RowKind = 1;
const EQUALITY: RowKind = 2;

/** rho inside its legal interval; no number counts as the smallest. */
export function clampRho(rho: number): number {
  if (!(rho > RHO_LEAST)) return RHO_LEAST;
  return Math.min(rho, RHO_GREATEST);
}

/** The rows' weights, by rho and by what each row asks for. */
export class Penalties {
  /** The weight of each row, and its reciprocal. */
  readonly rho: Float64Array;
  readonly inverseRho: Float64Array;
  /** Changes of rho since the data were last set. */
  updates: number = 0;
  readonly #byKind: boolean;
  #kinds: Uint8Array;
  #level: number;

  constructor(rho: number, byKind: boolean, l: Float64Array, u: Float64Array) {
    this.rho = new Float64Array(l.length);
    this.inverseRho = new Float64Array(l.length);
    this.#byKind = byKind;
    this.#kinds = rowKinds(l, u);
    this.#level = clampRho(rho);
    this.#fill();
  }

  /** The rho of an inequality. */
  get level(): number {
    return this.#level;
  }

  set level(rho: number) {
    this.#level = clampRho(rho);
    this.#fill();
  }

  /** Reads the kinds of the rows from new bounds; whether any changed. */
  review(l: Float64Array, u: Float64Array): boolean {
    const kinds = rowKinds(l, u);
    const changed = kinds.some((kind, i) => kind !== this.#kinds[i]);
    this.#kinds = kinds;
    if (changed) this.#fill();
    return changed;
  }

  #fill(): void {
    for (let i = 0; i < this.rho.length; i++) {
      const kind = this.#byKind ? this.#kinds[i] : INEQUALITY;
      let rho = this.#level;
      if (kind === FREE) rho = RHO_LEAST;
      if (kind === EQUALITY) rho = EQUALITY_FACTOR * this.#level;
      this.rho[i] = rho;
      this.inverseRho[i] = 1 / rho;
    }
  }
}

function rowKinds(l: Float64Array, u: Float64Array): Uint8Array {
  const kinds = new Uint8Array(l.length);
  for (let i = 0; i < kinds.length; i++) {
    const isFree = l[i] === Number.NEGATIVE_INFINITY && u[i] === Number.POSITIVE_INFINITY;
    const isEquality = !isFree && u[i]! - l[i]! < EQUALITY_WIDTH;
    kinds[i] = isFree ? FREE : isEquality ? EQUALITY : INEQUALITY;
  }
  return kinds;
}

/** Iterations between two looks at rho. */
export function adaptationInterval({
  adaptiveRho,
  adaptiveRhoInterval,
  checkTermination,
}: QpSettings): number {
  if (adaptiveRhoInterval > 0) return adaptiveRhoInterval;
  if (adaptiveRho === 3) return 1;
  return checkTermination > 0 ? 4 * checkTermination : 100;
}
