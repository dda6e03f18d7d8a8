import { inArena, lazyKernel, Placed } from "@astra-quant/core-linalg/kernels";
import { largest } from "../vectors.ts";
import { scalingWasm } from "./generated/scaling.ts";

/** A problem that is being equilibrated, in place, and room for it. */
export interface Scaling {
  readonly n: number;
  readonly m: number;
  /** P's upper triangle and A, by column. */
  readonly pPointers: Int32Array;
  readonly pRows: Int32Array;
  readonly pValues: Float64Array;
  readonly aPointers: Int32Array;
  readonly aRows: Int32Array;
  readonly aValues: Float64Array;
  readonly q: Float64Array;
  /** The scales of variables and rows so far. */
  readonly D: Float64Array;
  readonly E: Float64Array;
  /** Those of one pass, and the norms that they are made of. */
  readonly delta: Float64Array;
  readonly epsilon: Float64Array;
  readonly objectiveNorms: Float64Array;
  readonly variableNorms: Float64Array;
  readonly rowNorms: Float64Array;
}

/** The kernel's structure, in the order of kernels/scaling.ts. */
const FIELDS: readonly (keyof Scaling)[] = [
  "n",
  "m",
  "pPointers",
  "pRows",
  "pValues",
  "aPointers",
  "aRows",
  "aValues",
  "q",
  "D",
  "E",
  "delta",
  "epsilon",
  "objectiveNorms",
  "variableNorms",
  "rowNorms",
];

const GIVEN = ["pPointers", "pRows", "pValues", "aPointers", "aRows", "aValues", "q", "D", "E"] as const;
const CHANGED = ["pValues", "aValues", "q", "D", "E"] as const;

interface ScalingKernel {
  equilibrate(scaling: number, passes: number): number;
}

const kernel: () => ScalingKernel | undefined = lazyKernel<ScalingKernel>(scalingWasm);

const LEAST_NORM = 1e-4;
const GREATEST_NORM = 1e4;

/** A norm that may be divided by: a tiny one counts as 1, a huge one as 1e4. */
function limited(norm: number): number {
  if (norm < LEAST_NORM) return 1;
  return Math.min(norm, GREATEST_NORM);
}

/**
 * Equilibrates rows and columns `passes` times, in place: the scale of the cost, c. The norm of a column of P is that of
 * its stored upper triangle. In readable form; the WebAssembly equals it in every bit.
 *
 *     δ = κ(max(‖P_j‖, ‖A_j‖))^(−½)   ε = κ(‖A^i‖)^(−½)   g = κ(max(mean ‖P_j‖, κ(‖q‖)))^(−1)
 */
export function equilibrateTypescript(scaling: Scaling, passes: number): number {
  const { n, m, pValues, aRows, aValues, q, D, E } = scaling;
  const { delta, epsilon, objectiveNorms, variableNorms, rowNorms } = scaling;
  writeColumnNorms(scaling.pPointers, pValues, objectiveNorms);
  writeColumnNorms(scaling.aPointers, aValues, variableNorms);
  rowNorms.fill(0);
  for (let k = 0; k < aValues.length; k++) {
    rowNorms[aRows[k]!] = Math.max(rowNorms[aRows[k]!]!, Math.abs(aValues[k]!));
  }
  let c = 1;
  let g = 1;
  for (let pass = 0; pass < passes; pass++) {
    for (let j = 0; j < n; j++) {
      delta[j] = 1 / Math.sqrt(limited(Math.max(objectiveNorms[j]!, variableNorms[j]!)));
    }
    for (let i = 0; i < m; i++) epsilon[i] = 1 / Math.sqrt(limited(rowNorms[i]!));
    scaleObjective(scaling, g);
    scaleRows(scaling);
    for (let j = 0; j < n; j++) {
      q[j]! *= delta[j]!;
      D[j]! *= delta[j]!;
    }
    for (let i = 0; i < m; i++) E[i]! *= epsilon[i]!;
    let mean = 0;
    for (const norm of objectiveNorms) mean += norm;
    mean /= n;
    g = 1 / limited(Math.max(mean, limited(largest(q))));
    for (let j = 0; j < n; j++) {
      q[j]! *= g;
      objectiveNorms[j]! *= g;
    }
    c *= g;
  }
  for (let k = 0; k < pValues.length; k++) pValues[k]! *= g;
  return c;
}

function writeColumnNorms(pointers: Int32Array, values: Float64Array, norms: Float64Array): void {
  for (let j = 0; j < norms.length; j++) {
    let most = 0;
    for (let k = pointers[j]!; k < pointers[j + 1]!; k++) most = Math.max(most, Math.abs(values[k]!));
    norms[j] = most;
  }
}

/** P ← g diag(δ) P diag(δ), and the norms of its columns. */
function scaleObjective({ pPointers, pRows, pValues, delta, objectiveNorms }: Scaling, g: number): void {
  for (let j = 0; j < objectiveNorms.length; j++) {
    const scale = delta[j]!;
    let most = 0;
    for (let k = pPointers[j]!; k < pPointers[j + 1]!; k++) {
      pValues[k] = pValues[k]! * g * delta[pRows[k]!]! * scale;
      most = Math.max(most, Math.abs(pValues[k]!));
    }
    objectiveNorms[j] = most;
  }
}

/** A ← diag(ε) A diag(δ), and the norms of its columns and rows. */
function scaleRows({ aPointers, aRows, aValues, delta, epsilon, variableNorms, rowNorms }: Scaling): void {
  rowNorms.fill(0);
  for (let j = 0; j < variableNorms.length; j++) {
    const scale = delta[j]!;
    let most = 0;
    for (let k = aPointers[j]!; k < aPointers[j + 1]!; k++) {
      const i = aRows[k]!;
      const value = aValues[k]! * epsilon[i]! * scale;
      const size = Math.abs(value);
      aValues[k] = value;
      most = Math.max(most, size);
      rowNorms[i] = Math.max(rowNorms[i]!, size);
    }
    variableNorms[j] = most;
  }
}

/** As {@link equilibrateTypescript}; undefined, and nothing changed, where WebAssembly or its memory is not to be had. */
export function equilibrateWebassembly(scaling: Scaling, passes: number): number | undefined {
  const wasm = kernel();
  if (wasm === undefined) return undefined;
  return inArena(() => {
    const placed = new Placed({ names: FIELDS, fields: scaling });
    placed.begin();
    for (const name of GIVEN) placed.send(name);
    const c = wasm.equilibrate(placed.address, passes);
    for (const name of CHANGED) placed.fetch(name);
    return c;
  });
}

/** Entries of P and A below which copying in and out costs more than it gains. */
const SMALL = 64;

/** Equilibrates by whichever form is at hand. */
export function equilibrate(scaling: Scaling, passes: number): number {
  const entries = scaling.pValues.length + scaling.aValues.length;
  const c = entries < SMALL ? undefined : equilibrateWebassembly(scaling, passes);
  return c ?? equilibrateTypescript(scaling, passes);
}
