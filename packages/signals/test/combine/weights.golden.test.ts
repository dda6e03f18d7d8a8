import { expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { optimizeSignalWeights, type WeighedSignal } from "../../src/index.ts";
import { solveByEnumeration } from "./dense-solver.ts";

describe("cvxpy on the correlation-penalised program", () => {
  const truth = fixture(import.meta.url, "weights.json");
  const signals = truth.signals as Record<string, WeighedSignal>;

  for (const { excluded, cap, lambda, base, weights, objective } of truth.cases) {
    test(`without [${excluded}], cap ${cap}, penalty ${lambda}`, () => {
      const records = Object.fromEntries(
        Object.entries(signals).map(([name, signal]) => [
          name,
          { ...signal, admitted: !excluded.includes(name) },
        ]),
      );
      const answer = optimizeSignalWeights(records, truth.correlation, {
        solve: solveByEnumeration,
        cap,
        correlationPenalty: lambda,
      });
      expect(answer.status).toBe("optimal");
      expectClose(Object.values(answer.base), base, solver(1e-14));
      expectClose(Object.values(answer.weights), weights, solver(1e-6)); // an interior point's weights
      expectClose(answer.objective, objective, solver(1e-9));
      expect(answer.certifiedGap).toBeLessThan(1e-12);
    });
  }
});
