import { describeKernel, type Numbers } from "@astra-quant/testkit";
import { createRandom } from "../../src/index.ts";
import {
  type Spectrum,
  symmetricEigenTypescript,
  symmetricEigenWebassembly,
} from "../../src/kernels/symmetric-eigen.ts";

interface Case {
  readonly name: string;
  readonly n: number;
  readonly A: Float64Array;
  readonly withVectors: boolean;
}

const normals = (n: number): Float64Array => createRandom(`eigen ${n}`).fillNormal(new Float64Array(n * n));

function spoilt(n: number, spoil: (A: Float64Array) => void): Float64Array {
  const A = normals(n);
  spoil(A);
  return A;
}

const matrices = [
  ...[1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 31, 64, 65].map((n) => ({ name: `${n}×${n}`, n, A: normals(n) })),
  { name: "zeros of both signs", n: 9, A: spoilt(9, (A) => A.fill(-0, 9, 60)) },
  { name: "nothing but zeros", n: 10, A: new Float64Array(100) },
  { name: "rank one", n: 11, A: new Float64Array(121).fill(1) },
  {
    name: "graded over 200 orders",
    n: 12,
    A: spoilt(12, (A) => A.set(A.map((v, k) => v * 10 ** -(k % 12) * 10 ** -Math.floor(k / 12)))),
  },
  { name: "entries of 1e-310", n: 9, A: spoilt(9, (A) => A.set(A.map((v) => v * 1e-310))) },
];

const cases: Case[] = matrices.flatMap((matrix) =>
  [true, false].map((withVectors) => ({ ...matrix, withVectors })),
);

const shown = (spectrum: Spectrum | undefined | "unavailable"): Numbers => {
  if (spectrum === undefined || spectrum === "unavailable") throw new Error(`no spectrum: ${spectrum}`);
  return [spectrum.values, spectrum.rows];
};

describeKernel({
  name: "symmetric eigenvalues",
  cases,
  describeCase: ({ name, withVectors }) => `${name}${withVectors ? "" : ", values alone"}`,
  typescript: ({ A, n, withVectors }) => shown(symmetricEigenTypescript(A, n, withVectors)),
  webassembly: ({ A, n, withVectors }) => shown(symmetricEigenWebassembly(A, n, withVectors)),
});
