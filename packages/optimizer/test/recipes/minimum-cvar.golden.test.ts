import { expectClose, fixture, solver } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { minimumCvar } from "../../src/index.ts";

const truth = fixture(import.meta.url, "minimum-cvar.json");
/** What HiGHS' simplex is asked for. */
const simplex = solver(1e-9);
const simplexWeights = solver(1e-7);

describe("linear programs of HiGHS", () => {
  for (const item of truth.cases) {
    const given = (value: unknown, name: string) => (value === null ? {} : { [name]: value });
    const solution = () =>
      minimumCvar(truth.returns.slice(0, item.count), {
        confidence: item.confidence,
        constraints: {
          net: { min: item.net[0], max: item.net[1] },
          weights: { min: item.lower, max: item.upper },
          ...(item.gross !== null && { gross: { max: item.gross } }),
          ...(item.turnover !== null && { turnover: { max: item.turnover } }),
          ...(item.group !== null && {
            groups: { tech: { members: item.group.members, gross: { max: item.group.gross } } },
          }),
          ...(item.leastReturn !== null && { expectedReturn: { min: item.leastReturn } }),
        },
        costs: { ...given(item.linear, "linear"), ...given(item.funding, "funding") },
        ...given(item.probabilities, "probabilities"),
        ...given(item.benchmark, "benchmark"),
        ...given(item.currentWeights, "currentWeights"),
      });

    test(item.name, () => {
      const found = solution();
      expect(found.status).toBe("optimal");
      expectClose(found.objective, item.objective, simplex);
      expectClose(found.expectedShortfall + item.costs, item.objective, simplexWeights);
      expectClose(found.certifiedGap, 0, simplex, 1e-3);
      if (item.isUnique) expectClose(found.weights, item.weights, simplexWeights, 1);
      // a limit that could not be any tighter has no single price
      if (!item.hasRoom) return;
      for (const [name, price] of Object.entries(item.prices)) {
        const binding = found.binding.find(({ constraint }) => constraint === name);
        expectClose(binding?.shadowPrice ?? 0, price as number, simplexWeights, 1e-2);
      }
    });
  }
});
