import { Matrix, multiply, transpose } from "@astra-quant/core-linalg";
import { expectClose, rounding } from "@astra-quant/testkit";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { componentVar, parametricVar, scenarioComponentVar } from "../../src/index.ts";

const unit = fc.integer({ min: -1000, max: 1000 }).map((x) => x / 1000);
const confidence = fc.integer({ min: 501, max: 950 }).map((x) => x / 1000);
const measure = fc.constantFrom("value-at-risk", "expected-shortfall");
const books = fc.integer({ min: 1, max: 6 }).chain((n) =>
  fc.record({
    weights: fc.array(unit, { minLength: n, maxLength: n }),
    mean: fc.array(unit, { minLength: n, maxLength: n }),
    rows: fc.array(fc.array(unit, { minLength: n, maxLength: n }), { minLength: 20, maxLength: 60 }),
  }),
);
const sum = (x: Float64Array): number => x.reduce((a, b) => a + b, 0);

describe("componentVar", () => {
  test("the parts sum to parametricVar's figure, and what is alone is never less than its share of a shortfall", () => {
    fc.assert(
      fc.property(books, confidence, measure, ({ weights, mean, rows }, level, kind) => {
        const X = Matrix.fromRows(rows);
        const covariance = multiply(transpose(X), X);
        const options = { weights, mean, covariance, confidence: level };
        const got = componentVar({ ...options, measure: kind });
        const { valueAtRisk, expectedShortfall, volatility } = parametricVar(options);
        const wanted = kind === "value-at-risk" ? valueAtRisk : expectedShortfall;
        const scale = 10 * (volatility + weights.length);
        expectClose([got.total, sum(got.component)], [wanted, wanted], rounding(64), scale);
        got.component.forEach((part, i) => {
          expect(part).toBeLessThanOrEqual(got.standalone[i]! + rounding(64).relative * scale);
        });
      }),
    );
  });
});

describe("scenarioComponentVar", () => {
  test("the parts sum to the total, double with the book, and a position of nothing has none", () => {
    fc.assert(
      fc.property(books, confidence, measure, ({ weights, rows }, level, kind) => {
        const options = { confidence: level, measure: kind };
        const got = scenarioComponentVar(rows, { ...options, weights });
        const twice = scenarioComponentVar(rows, { ...options, weights: weights.map((w) => 2 * w) });
        expectClose(sum(got.component), got.total, rounding(1000), 10);
        expectClose(
          twice.component,
          got.component.map((part) => 2 * part),
          rounding(64),
          10,
        );
        const flat = scenarioComponentVar(rows, {
          ...options,
          weights: weights.map((w, i) => (i === 0 ? 0 : w)),
        });
        expectClose([flat.component[0]!, flat.standalone[0]!, flat.incremental[0]!], [0, 0, 0], rounding());
      }),
    );
  });

  test("no position's part of a shortfall exceeds its shortfall alone", () => {
    fc.assert(
      fc.property(books, confidence, ({ weights, rows }, level) => {
        const got = scenarioComponentVar(rows, { weights, confidence: level, measure: "expected-shortfall" });
        got.component.forEach((part, i) => {
          expect(part).toBeLessThanOrEqual(got.standalone[i]! + rounding(100).relative * 10);
        });
      }),
    );
  });
});
