import { expect, test } from "vitest";
import { brokenPromises, portfolioReport } from "./report.ts";
import { agreementCount, randomCount } from "./run-portfolios.ts";

const some = { mostAssets: 20, count: 40, from: 400_000 };

test("forty random problems break no promise", () => {
  const result = { golden: undefined, random: [randomCount(some)], agreement: agreementCount(some) };
  expect(brokenPromises(result)).toEqual([]);
  expect(result.random[0]!.optimal + result.random[0]!.unbounded).toBe(some.count);
  expect(portfolioReport(result)).toContain("All promises are kept.");
});

test("a seed without a proof, a case left open and a method that disagrees are each said", () => {
  const good = { optimal: 3, worst: 0 };
  const methods = { auto: good, native: good, "interior-point": good, osqp: good };
  const random = {
    ...some,
    singular: 0,
    optimal: 39,
    unbounded: 0,
    worstGap: 0,
    worstViolation: 0,
    median: 9,
  };
  expect(
    brokenPromises({
      golden: [{ assets: 6, cases: 4, methods: { ...methods, auto: { optimal: 4, worst: 1e-11 } } }],
      random: [{ ...random, failed: [7] }],
      agreement: { problems: 4, methods: { ...methods, osqp: { optimal: 3, worst: 1e-7 } } },
    }),
  ).toEqual([
    "interior-point left a golden case of 6 assets open",
    "osqp left a golden case of 6 assets open",
    "auto missed a golden objective of 6 assets",
    "without a proof, up to 20 assets: seeds 7",
    "osqp disagrees with auto",
    "auto stalled",
  ]);
});
