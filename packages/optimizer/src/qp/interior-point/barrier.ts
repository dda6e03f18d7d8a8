import type { ScaledProblem } from "../scaling.ts";

/** A scaled bound beyond this is none: no slack of that size leaves digits for the others. */
const FAR = 1e15;

/**
 * The finite sides of the rows that are no equalities, each with a slack s > 0 and a multiplier λ > 0. With o = 1 for an
 * upper side and −1 for a lower one, and b its bound, a side asks for s = o (b − z), and y = Σ o λ over a row's sides.
 */
export class Barrier {
  /** The row of each side. */
  readonly rows: Int32Array;
  readonly outward: Float64Array;
  readonly bounds: Float64Array;
  readonly slacks: Float64Array;
  readonly multipliers: Float64Array;
  readonly #slackSteps: Float64Array;
  readonly #multiplierSteps: Float64Array;
  /** o (b − z) − s. */
  readonly #residuals: Float64Array;
  /** What sλ is to fall by. */
  readonly #excess: Float64Array;

  constructor({ l, u, m }: ScaledProblem) {
    const rows: number[] = [];
    const outward: number[] = [];
    const bounds: number[] = [];
    for (let i = 0; i < m; i++) {
      if (l[i] === u[i]) continue;
      if (l[i]! > -FAR) {
        rows.push(i);
        outward.push(-1);
        bounds.push(l[i]!);
      }
      if (u[i]! < FAR) {
        rows.push(i);
        outward.push(1);
        bounds.push(u[i]!);
      }
    }
    const count = rows.length;
    this.rows = Int32Array.from(rows);
    this.outward = Float64Array.from(outward);
    this.bounds = Float64Array.from(bounds);
    this.slacks = new Float64Array(count);
    this.multipliers = new Float64Array(count);
    this.#slackSteps = new Float64Array(count);
    this.#multiplierSteps = new Float64Array(count);
    this.#residuals = new Float64Array(count);
    this.#excess = new Float64Array(count);
  }

  get count(): number {
    return this.rows.length;
  }

  /** Slacks and multipliers as z and y have them, but none smaller than the worst overrun and the root of the most pressure. */
  start(z: Float64Array, y: Float64Array): void {
    const { rows, outward, bounds, slacks, multipliers } = this;
    let overrun = 1;
    let pressure = 1;
    for (let k = 0; k < rows.length; k++) {
      const i = rows[k]!;
      slacks[k] = outward[k]! * (bounds[k]! - z[i]!);
      multipliers[k] = outward[k]! * y[i]!;
      overrun = Math.max(overrun, -slacks[k]!);
      pressure = Math.max(pressure, Math.abs(multipliers[k]!));
    }
    for (let k = 0; k < rows.length; k++) {
      slacks[k] = Math.max(slacks[k]!, overrun);
      multipliers[k] = Math.max(multipliers[k]!, Math.sqrt(pressure));
    }
  }

  /** The mean of sλ, and the residuals at z. */
  measure(z: Float64Array): number {
    const { rows, outward, bounds, slacks, multipliers } = this;
    const residuals = this.#residuals;
    let sum = 0;
    for (let k = 0; k < rows.length; k++) {
      residuals[k] = outward[k]! * (bounds[k]! - z[rows[k]!]!) - slacks[k]!;
      sum += slacks[k]! * multipliers[k]!;
    }
    return this.count === 0 ? 0 : sum / this.count;
  }

  /** Writes 1 ÷ Σ λ/s where a row has sides, and leaves the others. */
  writeSlackness(out: Float64Array): void {
    const { rows, slacks, multipliers } = this;
    for (let k = 0; k < rows.length; k++) out[rows[k]!] = 0;
    for (let k = 0; k < rows.length; k++) out[rows[k]!]! += multipliers[k]! / slacks[k]!;
    for (let k = 0; k < rows.length; k++) {
      const i = rows[k]!;
      if (rows[k + 1] !== i) out[i] = 1 / out[i]!;
    }
  }

  /** Aims at sλ = 0. */
  aimAtTheBoundary(): void {
    const { slacks, multipliers } = this;
    const excess = this.#excess;
    for (let k = 0; k < excess.length; k++) excess[k] = slacks[k]! * multipliers[k]!;
  }

  /** Aims at sλ = `centre`, with what the last steps' product shows of the curvature. */
  aimAt(centre: number): void {
    const excess = this.#excess;
    const slackSteps = this.#slackSteps;
    const multiplierSteps = this.#multiplierSteps;
    for (let k = 0; k < excess.length; k++) excess[k]! += slackSteps[k]! * multiplierSteps[k]! - centre;
  }

  /** Writes h with Δz = v (Δy + h), v being the slackness: h = Σ o (excess + λ residual) / s; 0 where a row has no side. */
  writeShift(out: Float64Array): void {
    const { rows, outward, slacks, multipliers } = this;
    const excess = this.#excess;
    const residuals = this.#residuals;
    out.fill(0);
    for (let k = 0; k < rows.length; k++) {
      out[rows[k]!]! += (outward[k]! * (excess[k]! + multipliers[k]! * residuals[k]!)) / slacks[k]!;
    }
  }

  /** The steps of slacks and multipliers that go with Δz. */
  follow(deltaZ: Float64Array): void {
    const { rows, outward, slacks, multipliers } = this;
    const excess = this.#excess;
    const residuals = this.#residuals;
    const slackSteps = this.#slackSteps;
    const multiplierSteps = this.#multiplierSteps;
    for (let k = 0; k < rows.length; k++) {
      const step = residuals[k]! - outward[k]! * deltaZ[rows[k]!]!;
      slackSteps[k] = step;
      multiplierSteps[k] = -(excess[k]! + multipliers[k]! * step) / slacks[k]!;
    }
  }

  /** The longest step, at most 1, that leaves no slack and no multiplier negative. */
  longestStep(): number {
    const longest = longestOf(this.slacks, this.#slackSteps, 1);
    return longestOf(this.multipliers, this.#multiplierSteps, longest);
  }

  /** The mean of sλ after a step of this length. */
  meanAfter(length: number): number {
    const { slacks, multipliers } = this;
    const slackSteps = this.#slackSteps;
    const multiplierSteps = this.#multiplierSteps;
    let sum = 0;
    for (let k = 0; k < slacks.length; k++) {
      const slack = slacks[k]! + length * slackSteps[k]!;
      sum += slack * (multipliers[k]! + length * multiplierSteps[k]!);
    }
    return this.count === 0 ? 0 : sum / this.count;
  }

  advance(length: number): void {
    addMultiple(this.slacks, length, this.#slackSteps);
    addMultiple(this.multipliers, length, this.#multiplierSteps);
  }

  /** Writes Σ o λ where a row has sides, and leaves the others. */
  writeMultipliers(y: Float64Array): void {
    const { rows, outward, multipliers } = this;
    for (let k = 0; k < rows.length; k++) y[rows[k]!] = 0;
    for (let k = 0; k < rows.length; k++) y[rows[k]!]! += outward[k]! * multipliers[k]!;
  }

  /** Writes the side at which each row looks active: −1, 1, or 0 for none, and leaves rows without sides. */
  writeActive(active: Int8Array): void {
    for (const i of this.rows) active[i] = 0;
    for (let k = 0; k < this.count; k++) {
      if (this.multipliers[k]! > this.slacks[k]!) active[this.rows[k]!] = this.outward[k]!;
    }
  }
}

/** The longest step, at most `most`, that leaves no value negative. */
function longestOf(values: Float64Array, steps: Float64Array, most: number): number {
  let longest = most;
  for (let k = 0; k < values.length; k++) {
    const step = steps[k]!;
    if (longest * step < -values[k]!) longest = -values[k]! / step;
  }
  return longest;
}

function addMultiple(values: Float64Array, length: number, steps: Float64Array): void {
  for (let k = 0; k < values.length; k++) values[k]! += length * steps[k]!;
}
