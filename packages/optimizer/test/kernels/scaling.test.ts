import { CscMatrix, createRandom, type Triplet } from "@astra-quant/core-linalg";
import { describeKernel, type Numbers } from "@astra-quant/testkit";
import { equilibrateTypescript, equilibrateWebassembly, type Scaling } from "../../src/kernels/scaling.ts";

interface Case {
  readonly name: string;
  readonly n: number;
  readonly m: number;
  readonly density: number;
  readonly passes: number;
  readonly spoil?: (value: number, k: number) => number;
}

const spoilt: Readonly<Record<string, (value: number, k: number) => number>> = {
  "zeros of both signs": (value, k) => (k % 2 === 0 ? -0 : k % 3 === 0 ? 0 : value),
  "entries of 1e300": (value) => value * 1e300,
  "entries of 1e-300": (value) => value * 1e-300,
  "rows of very different sizes": (value, k) => value * [1e-9, 1e9, 1][k % 3]!,
};

const cases: readonly Case[] = [
  ...[
    [1, 0],
    [1, 1],
    [2, 3],
    [5, 1],
    [8, 7],
    [13, 20],
    [40, 41],
  ].flatMap(([n, m]) =>
    [0, 1, 10].map((passes) => ({
      name: `n = ${n}, m = ${m}, ${passes} passes`,
      n: n!,
      m: m!,
      density: 0.3,
      passes,
    })),
  ),
  { name: "a dense problem", n: 31, m: 17, density: 1, passes: 10 },
  { name: "an empty one", n: 9, m: 6, density: 0, passes: 10 },
  ...Object.entries(spoilt).map(([name, spoil]) => ({ name, n: 12, m: 9, density: 0.4, passes: 10, spoil })),
];

function scalingOf({ n, m, density, spoil = (value) => value }: Case): Scaling {
  const random = createRandom(`scaling ${n} ${m} ${density}`);
  const objective: Triplet[] = [];
  const rows: Triplet[] = [];
  for (let j = 0; j < n; j++) {
    for (let i = 0; i <= j; i++) if (random.uniform() < density) objective.push([i, j, random.normal()]);
    for (let i = 0; i < m; i++) if (random.uniform() < density) rows.push([i, j, random.normal()]);
  }
  const P = CscMatrix.fromTriplets(n, n, objective);
  const A = CscMatrix.fromTriplets(m, n, rows);
  return {
    n,
    m,
    pPointers: P.columnPointers,
    pRows: P.rowIndices,
    pValues: P.values.map(spoil),
    aPointers: A.columnPointers,
    aRows: A.rowIndices,
    aValues: A.values.map(spoil),
    q: random.fillNormal(new Float64Array(n)).map(spoil),
    D: new Float64Array(n).fill(1),
    E: new Float64Array(m).fill(1),
    delta: new Float64Array(n),
    epsilon: new Float64Array(m),
    objectiveNorms: new Float64Array(n),
    variableNorms: new Float64Array(n),
    rowNorms: new Float64Array(m),
  };
}

function run(equilibrate: (scaling: Scaling, passes: number) => number | undefined, input: Case): Numbers {
  const scaling = scalingOf(input);
  const c = equilibrate(scaling, input.passes)!;
  return [c, ...[scaling.pValues, scaling.aValues, scaling.q, scaling.D, scaling.E].flatMap((v) => [...v])];
}

describeKernel<Case>({
  name: "the equilibration of a problem",
  cases,
  describeCase: ({ name }) => name,
  typescript: (input) => run(equilibrateTypescript, input),
  webassembly: (input) => run(equilibrateWebassembly, input),
});
