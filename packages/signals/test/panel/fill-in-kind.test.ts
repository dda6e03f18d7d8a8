import { createRandom, Matrix, Panel } from "@astra-quant/core-linalg";
import { bits, expectClose } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  betaSignal,
  carrySignal,
  hitRate,
  informationCoefficient,
  momentumSignal,
  tailRiskSignal,
  turnover,
  turnoverAdjustedIc,
  volatilitySignal,
} from "../../src/index.ts";

const random = createRandom("room");
const table = (rows: number, columns: number, scale: number, level = 0) =>
  new Matrix(
    rows,
    columns,
    Float64Array.from({ length: rows * columns }, () => level + scale * random.normal()),
  );
const [rows, columns] = [320, 3];
const returns = table(rows, columns, 0.01);
const prices = table(rows, columns, 1, 100);
const market = table(rows, 1, 0.01).data;
const dates = Array.from({ length: rows }, (_, t) => t * 86_400_000);
const window = 40;

type Fill = (of: Matrix, out?: Matrix) => Matrix;

/** Everything that answers in the form of its first argument. */
const FILLS: Readonly<Record<string, Fill>> = {
  volatility: (of, out) => volatilitySignal(of, out && { out }),
  momentum: (of, out) => momentumSignal(of, market, out && { out }),
  tails: (of, out) => tailRiskSignal(of, out && { out }),
  "expected shortfall": (of, out) => tailRiskSignal(of, { tail: "expected-shortfall", ...(out && { out }) }),
  beta: (of, out) => betaSignal(of, market, out && { out }),
  carry: (of, out) => carrySignal(prices, of, dates, out && { out }),
  "carry without volatility": (of, out) =>
    carrySignal(prices, of, dates, { premiumWeight: 0, ...(out && { out }) }),
  "rolling coefficient": (of, out) => informationCoefficient(prices, of, { window, ...(out && { out }) }),
  "rolling rank coefficient": (of, out) =>
    informationCoefficient(prices, of, { window, method: "spearman", horizon: 3, ...(out && { out }) }),
  "coefficient that looks ahead": (of, out) =>
    informationCoefficient(prices, of, { window, timing: "look-ahead", ...(out && { out }) }),
  hits: (of, out) => hitRate(of, prices, { window, ...(out && { out }) }),
  turnover: (of, out) => turnover(of, { window, ...(out && { out }) }),
  "turnover-adjusted coefficient": (of, out) =>
    turnoverAdjustedIc(of, prices, { window, ...(out && { out }) }),
};

describe("where answers are written", () => {
  for (const [name, fill] of Object.entries(FILLS)) {
    const alone = fill(returns);

    test(`${name}: an out that held something else holds the answer`, () => {
      const out = new Matrix(rows, columns, new Float64Array(rows * columns).fill(7));
      expect(fill(returns, out)).toBe(out);
      expectClose(out, alone, bits);
    });

    test(`${name}: written over its input it is that of the input as it was`, () => {
      const input = new Matrix(rows, columns, returns.data.slice());
      expectClose(fill(input, input), alone, bits);
    });

    test(`${name}: what other sizes leave in the room between has no say`, () => {
      fill(returns);
      for (const other of [volatilitySignal, tailRiskSignal, turnover]) other(table(900, 7, 1e6));
      expectClose(fill(returns), alone, bits);
    });
  }

  test("a vector's answer and a panel's are in out too", () => {
    const vector = returns.column(0);
    const out = new Float64Array(rows);
    expect(momentumSignal(vector, market, { out })).toBe(out);
    expectClose(out, momentumSignal(returns, market).column(0), bits);
    const panel = new Panel({ index: dates, columns: ["A", "B", "C"], values: returns });
    const room = new Panel({ index: dates, columns: ["A", "B", "C"], values: new Matrix(rows, columns) });
    expect(betaSignal(panel, market, { out: room })).toBe(room);
    expectClose(room.values, betaSignal(returns, market), bits);
  });

  test("an out of another size is refused before anything is written", () => {
    const out = new Matrix(rows, 2);
    expect(() => volatilitySignal(returns, { out })).toThrow("out must be a Matrix of 320×3, got 320×2");
    expect(out.data.every((value) => value === 0)).toBe(true);
  });
});
