import { Panel } from "@astra-quant/core-linalg";
import { expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  CRISES,
  correlationStress,
  reverseStress,
  type StressBook,
  stressTest,
  worstWindow,
} from "../../src/index.ts";

// biome-ignore lint/suspicious/noExplicitAny: a fixture has a shape of its own
type Json = any;
const truth: Json = fixture(import.meta.url, "stress.json");
const { assets, notionals, capital, betas, covariance, returns: history } = truth;
const book: StressBook = { assets, notionals, capital, betas, covariance };
const close = solver(1e-12);

const shocksOf = (positions: readonly { readonly shock: number }[]) => positions.map(({ shock }) => shock);
const pnlOf = (positions: readonly { readonly pnl: number }[]) => positions.map(({ pnl }) => pnl);

describe("numpy", () => {
  test("thirty days of history replayed on a held book", () => {
    const got = stressTest(book, { history, from: 20, until: 50 });
    expectClose(pnlOf(got.positions), truth.history.pnl, close, capital);
    expectClose(got.equity, truth.history.equity, close);
    expectClose(got.maxDrawdown, truth.history.maxDrawdown, close);
    expect([got.days, got.worstDay]).toEqual([30, truth.history.worstDay]);
  });

  test("the same from a panel with other columns, in another order", () => {
    const day = (t: number) => Date.UTC(2024, 0, 1 + t);
    const columns = ["OTHER", ...[...assets].reverse()];
    const panel = new Panel({
      index: history.map((_: unknown, t: number) => day(t)),
      columns,
      values: history.map((row: number[]) => [9, ...[...row].reverse()]),
    });
    const got = stressTest(book, { history: panel, from: day(20), until: new Date(day(50)) });
    expect(got.equity).toEqual(stressTest(book, { history, from: 20, until: 50 }).equity);
  });

  test("crises through betas, linear in prices", () => {
    for (const [name, wanted] of Object.entries<Json>(truth.crises)) {
      const got = stressTest(book, CRISES[name as keyof typeof CRISES]);
      expectClose(pnlOf(got.positions), wanted.pnl, close, capital);
      expectClose(got.equity, [capital, ...wanted.equity], close);
    }
  });

  test("what the others are expected to do, by regression on the moved ones", () => {
    const { moved, given, moves } = truth.conditional;
    const own = Object.fromEntries(moved.map((i: number, k: number) => [assets[i], given[k]]));
    const got = stressTest(book, { assets: own, others: "conditional" });
    expectClose(shocksOf(got.positions), moves, solver(1e-11));
  });

  test("the worst windows", () => {
    for (const [days, { pnl, first }] of Object.entries<Json>(truth.windows)) {
      const got = worstWindow(book, { history }, { days: Number(days) });
      expect([got.from, got.until]).toEqual([first, first + Number(days)]);
      expectClose(got.pnl, pnl, close);
    }
  });

  test("the ladder of correlations, and risk under a crisis", () => {
    const got = correlationStress(book, { levels: [0, 0.5, 0.8, 0.95], confidence: 0.975, horizon: 10 });
    truth.ladder.forEach((wanted: Json, k: number) => {
      const rung = got.rungs[k]!;
      expectClose(
        [rung.averageCorrelation, rung.weight, rung.volatility, rung.valueAtRisk, rung.expectedShortfall],
        [wanted.average, wanted.weight, wanted.volatility, wanted.valueAtRisk, wanted.expectedShortfall],
        close,
      );
    });
    const { risk } = stressTest(book, CRISES.financialCrisis2008);
    const figures = ({ volatility, valueAtRisk, expectedShortfall }: Json) => [
      volatility,
      valueAtRisk,
      expectedShortfall,
    ];
    expectClose(figures(risk!.usual), figures(truth.usualRisk), close);
    expectClose(figures(risk!.stressed), figures(truth.stressedRisk), close);
  });
});

describe("Clarabel through cvxpy", () => {
  truth.reverse.forEach((wanted: Json, k: number) => {
    test(`reverse stress ${k}`, () => {
      const { loss, mean, low, high } = wanted;
      const bounds = { ...(low && { min: low }), ...(high && { max: high }) };
      const got = reverseStress(book, { loss, mean, bounds });
      if (wanted.status !== "optimal") {
        expect(got).toEqual({ status: "unreachable" });
        return;
      }
      if (got.status !== "found") throw new Error("a scenario exists");
      expectClose(got.shocks, wanted.shocks, solver(1e-6));
      expectClose(got.distance, wanted.distance, solver(1e-8));
      expectClose(got.pnl, -loss, close);
      expectClose(got.probability, wanted.probability, close);
      const student = reverseStress(book, { loss, mean, bounds, distribution: { studentT: 5 } });
      if (student.status !== "found") throw new Error("a scenario exists");
      expectClose(student.probability, wanted.probabilityStudentT5, solver(1e-11));
      expect(student.shocks).toEqual(got.shocks);
    });
  });
});
