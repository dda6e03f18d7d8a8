import { describeKernel } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { correlatedDraws, createRandom, Matrix } from "../../src/index.ts";
import {
  multiplyByTransposedLowerTypescript,
  multiplyByTransposedLowerWebassembly,
} from "../../src/kernels/triangular-multiply.ts";

const normals = (seed: string, count: number): Float64Array =>
  createRandom(seed).fillNormal(new Float64Array(count));

interface Case {
  readonly name: string;
  readonly Z: Float64Array;
  readonly L: Float64Array;
  readonly T: number;
  readonly N: number;
}

const caseOf = (T: number, N: number): Case => ({
  name: `${T}×${N}`,
  Z: normals("z", T * N),
  L: normals("l", N * N),
  T,
  N,
});

function spoilt(name: string, T: number, N: number, spoil: (Z: Float64Array, L: Float64Array) => void): Case {
  const made = caseOf(T, N);
  spoil(made.Z, made.L);
  return { ...made, name: `${name}, ${T}×${N}` };
}

const WIDTHS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 13, 30, 50];

const cases: Case[] = [
  ...WIDTHS.flatMap((N) => [1, 3, 4, 5, 31, 32, 33, 37].map((T) => caseOf(T, N))),
  caseOf(2600, 7),
  ...WIDTHS.flatMap((N) =>
    [Number.NaN, Number.POSITIVE_INFINITY].map((value) =>
      spoilt(`a ${value} in a place of each row`, 12, N, (Z) => {
        for (let t = 0; t < 12; t++) Z[t * N + ((5 * t) % N)] = value;
      }),
    ),
  ),
  spoilt("zeros of both signs", 8, 6, (Z) => Z.set(Z.map((_, i) => (i % 3 === 0 ? 0 : -0)))),
  spoilt("huge and tiny numbers", 9, 7, (Z, L) => {
    Z.set(Z.map((z, i) => z * (i % 2 === 0 ? 1e300 : 1e-300)));
    L.set(L.map((l, i) => l * (i % 3 === 0 ? 1e-300 : 1e300)));
  }),
];

function multiplied(
  run: typeof multiplyByTransposedLowerTypescript | typeof multiplyByTransposedLowerWebassembly,
  { Z, L, T, N }: Case,
): Float64Array {
  const out = new Float64Array(T * N);
  run(Z, L, T, N, out);
  return out;
}

describeKernel({
  name: "triangular multiply",
  cases,
  describeCase: ({ name }) => name,
  typescript: (input) => multiplied(multiplyByTransposedLowerTypescript, input),
  webassembly: (input) => multiplied(multiplyByTransposedLowerWebassembly, input),
});

test("an infinite draw does not touch the variables before its own", () => {
  const Z = new Matrix(64, 8, normals("z", 512));
  for (let t = 0; t < 64; t++) Z.set(t, 3, Number.POSITIVE_INFINITY);
  const cholesky = Matrix.identity(8).map((_, i, j) => (j <= i ? 1 : 0));
  const draws = correlatedDraws(Z, { cholesky });
  for (let t = 0; t < 64; t++) {
    expect(draws.row(t).map(Number.isFinite as never)).toEqual(Float64Array.of(1, 1, 1, 0, 0, 0, 0, 0));
  }
});
