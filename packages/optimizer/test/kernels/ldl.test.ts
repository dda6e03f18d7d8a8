import { CscMatrix, createRandom, type Triplet } from "@astra-quant/core-linalg";
import { describeKernel, type Numbers } from "@astra-quant/testkit";
import {
  factorTypescript,
  factorWebassembly,
  type Ldl,
  solveTypescript,
  solveWebassembly,
} from "../../src/kernels/ldl.ts";
import { KktSystem } from "../../src/qp/kkt.ts";

interface Case {
  readonly name: string;
  readonly n: number;
  readonly m: number;
  /** The share of entries that are there. */
  readonly density: number;
  readonly spoil?: (value: number, k: number) => number;
}

const shapes = [
  [1, 0],
  [1, 1],
  [2, 1],
  [3, 5],
  [7, 4],
  [8, 8],
  [9, 0],
  [13, 17],
  [31, 9],
  [64, 33],
] as const;

const spoilt: Readonly<Record<string, (value: number, k: number) => number>> = {
  "zeros of both signs": (value, k) => (k % 3 === 0 ? -0 : k % 3 === 1 ? 0 : value),
  "a NaN": (value, k) => (k === 7 ? Number.NaN : value),
  infinities: (value, k) => (k === 5 ? Number.POSITIVE_INFINITY : value),
  "a pivot that is zero": (value, k) => (k === 20 ? value : 0),
  "squares beyond the doubles": (value) => value * 1e200,
  "squares below the doubles": (value) => value * 1e-200,
};

const cases: readonly Case[] = [
  ...[1, 0.3, 0.05].flatMap((density) =>
    shapes.map(([n, m]) => ({ name: `n = ${n}, m = ${m}, density ${density}`, n, m, density })),
  ),
  ...Object.entries(spoilt).map(([name, spoil]) => ({ name, n: 20, m: 11, density: 0.4, spoil })),
];

function kktOf({ n, m, density, spoil = (value) => value }: Case): Ldl {
  const random = createRandom(`ldl ${n} ${m} ${density}`);
  const objective: Triplet[] = [];
  const rows: Triplet[] = [];
  for (let j = 0; j < n; j++) {
    objective.push([j, j, n + random.uniform()]);
    for (let i = 0; i < j; i++) if (random.uniform() < density) objective.push([i, j, random.normal()]);
    for (let i = 0; i < m; i++) if (random.uniform() < density) rows.push([i, j, random.normal()]);
  }
  const P = CscMatrix.fromTriplets(n, n, objective);
  const A = CscMatrix.fromTriplets(m, n, rows);
  const kkt = new KktSystem(P, A);
  kkt.setMatrices(P, A, 1e-6);
  kkt.factor(1.5);
  kkt.ldl.upperValues.set(kkt.ldl.upperValues.map(spoil));
  return kkt.ldl;
}

function run(
  factor: (ldl: Ldl) => number | undefined,
  solve: (ldl: Ldl, x: Float64Array) => unknown,
  input: Case,
): Numbers {
  const ldl = kktOf(input);
  const positive = factor(ldl)!;
  const x = createRandom("right side").fillNormal(new Float64Array(ldl.size));
  if (positive >= 0) solve(ldl, x);
  return [positive, [...ldl.rows], ldl.values, [...ldl.runs], ldl.inverse, x];
}

describeKernel<Case>({
  name: "the LDLᵀ of a quasidefinite matrix",
  cases,
  describeCase: ({ name }) => name,
  typescript: (input) => run(factorTypescript, solveTypescript, input),
  webassembly: (input) => run(factorWebassembly, solveWebassembly, input),
});
