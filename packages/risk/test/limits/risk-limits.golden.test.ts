import { fixture } from "@astra-quant/testkit";
import { expect, test } from "vitest";
import { replayRiskLimits } from "../../src/index.ts";

const { events, decisions } = fixture(import.meta.url, "limits.json");

test("every action and every broken limit is that of flags kept one by one in Python", () => {
  const ours = replayRiskLimits(events, { valueAtRisk: 150_000 });
  ours.forEach(({ action, breaches }, t) => {
    const broken = breaches.map((breach) => {
      return [breach.asset === undefined ? breach.limit : `${breach.limit}:${breach.asset}`, breach.action];
    });
    expect({ t, action, broken: broken.sort() }).toEqual({ t, ...decisions[t] });
  });
  const seen = new Set(decisions.map(({ action }: { action: string }) => action));
  expect([...seen].sort()).toEqual(["halt-new", "liquidate", "none", "reduce", "warn"]);
});
