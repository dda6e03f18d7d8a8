import { createRandom, Matrix, Panel } from "@astra-quant/core-linalg";
import { bits, expectClose } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { evaluateSignals, factorSignals, marketDataOf, signalCoverage } from "../../src/index.ts";

describe("an asset that begins later, and one that ends", () => {
  const rows = 60;
  const random = createRandom("ragged");
  const values = Matrix.fromRows(
    Array.from({ length: rows }, () => Array.from({ length: 4 }, () => 50 + random.uniform())),
  );
  const [late, gone] = [20, 45];
  for (let t = 0; t < rows; t++) {
    if (t < late) values.set(t, 1, Number.NaN);
    if (t >= gone) values.set(t, 2, Number.NaN);
  }
  const prices = new Panel({
    index: Array.from({ length: rows }, (_, t) => t * 86_400_000),
    columns: ["WHOLE", "LATE", "GONE", "MARKET"],
    values,
  });
  const settings = {
    volatility: { volatilityWindow: 3, volOfVolWindow: 2, zScoreWindow: 4 },
    momentum: { fastWindow: 3, slowWindow: 7 },
    tailRisk: { window: 7 },
    beta: { betaWindow: 4, stabilityWindow: 3 },
    carry: { impliedWindow: 2, realizedWindow: 4, averageWindow: 5 },
  };
  const signals = factorSignals(settings);
  const panels = evaluateSignals(signals, marketDataOf(prices, "MARKET"));

  for (const { name, warmUp } of signals) {
    test(`${name} answers from its own warm-up on, until the prices end, and no other asset minds`, () => {
      const { assets } = signalCoverage(panels[name]!);
      expect(assets).toEqual([
        { asset: "WHOLE", firstRow: warmUp, answers: rows - warmUp!, holes: 0 },
        { asset: "LATE", firstRow: late + warmUp!, answers: rows - late - warmUp!, holes: 0 },
        { asset: "GONE", firstRow: warmUp, answers: gone - warmUp!, holes: rows - gone },
      ]);
      const alone = evaluateSignals(signals, marketDataOf(prices.select(["WHOLE", "MARKET"]), "MARKET"));
      expectClose(panels[name]!.column("WHOLE"), alone[name]!.column("WHOLE"), bits);
    });
  }
});
