import { expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { Matrix, sampleCovariance } from "../../src/index.ts";

const truth = fixture(import.meta.url, "nasty.json");

/** Noise by integers alone, in 64ths, as the maker of the fixture has it. */
const noise = (t: number, j: number): number =>
  (((t * 7919 + j * 104729 + ((t * t * (j + 1)) % 2003)) % 4001) - 2000) / 64;

const levels: Readonly<Record<string, (t: number, j: number) => number>> = {
  "near zero": () => 0,
  "at 1e8": () => 1e8,
  trend: (t) => 1e8 + 1000 * t,
  "spike first": (t) => (t === 0 ? 1e9 : 0),
  "spike later": (t) => (t === 700 ? 1e9 : 0),
  "levels apart": (_, j) => 10 ** (4 * j),
};

const sampleOf = (level: (t: number, j: number) => number): Matrix => {
  const X = new Matrix(truth.rows, truth.columns);
  X.data.forEach((_, k) => {
    const [t, j] = [Math.floor(k / truth.columns), k % truth.columns];
    X.data[k] = noise(t, j) + level(t, j);
  });
  return X;
};

/** The largest error of an entry, on the scale of its own two volatilities. */
function worstError(covariance: Matrix, wanted: number[][]): number {
  let worst = 0;
  wanted.forEach((row, i) => {
    row.forEach((value, j) => {
      const scale = Math.sqrt(wanted[i]![i]! * wanted[j]![j]!);
      worst = Math.max(worst, Math.abs(covariance.get(i, j) - value) / scale);
    });
  });
  return worst;
}

describe("against exact fractions", () => {
  test.each<[string, { name: string; mean: number[]; covariance: number[][] }]>(
    truth.cases.map((entry: { name: string }) => [entry.name, entry]),
  )("a sample %s costs no digits", (name, { mean, covariance }) => {
    const estimate = sampleCovariance(sampleOf(levels[name]!));
    const allowed = 8 * Number.EPSILON;
    expect(worstError(estimate.covariance, covariance)).toBeLessThanOrEqual(allowed);
    mean.forEach((value, j) => {
      expectClose(
        estimate.mean[j]!,
        value,
        solver(allowed),
        Math.max(Math.abs(value), Math.sqrt(covariance[j]![j]!)),
      );
    });
  });
});
