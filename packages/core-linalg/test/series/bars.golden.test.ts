import { bits, expectClose, fixture, rounding } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import { type Aggregate, barsFromTicks, Panel, resample, resampleBars } from "../../src/index.ts";

const truth = fixture(import.meta.url, "bars.json");

interface Source {
  readonly index: number[];
  readonly values: (number | null)[][];
}
const columns = ["open", "high", "low", "close", "volume"];
const panels = new Map(
  Object.entries(truth.panels as Record<string, Source>).map(([name, { index, values }]) => {
    const rows = values.map((row) => row.map((value) => value ?? Number.NaN));
    return [name, new Panel({ index, columns, values: rows })];
  }),
);

describe("coarser bars are pandas' resample", () => {
  for (const { panel, options, index, counts, values } of truth.cases) {
    test(`${panel}: ${JSON.stringify(options)}`, () => {
      const bars = resampleBars(panels.get(panel)!, options);
      expectClose(bars.panel.index, index, bits);
      expectClose(bars.counts, counts, bits);
      expectClose(bars.panel.values, values.flat(), bits);
    });
  }

  test("each rule passes over missing values as pandas' does", () => {
    for (const [aggregate, { index, counts, values }] of Object.entries<{
      index: number[];
      counts: number[];
      values: number[][];
    }>(truth.aggregates)) {
      const close = panels.get("utc")!.select(["close"]);
      const bars = resample(close, { every: "6h", label: "start", aggregate: aggregate as Aggregate });
      expectClose(bars.panel.index, index, bits);
      expectClose(bars.counts, counts, bits);
      expectClose(bars.panel.values, values.flat(), rounding(1));
    }
  });

  test("bars without a row are kept on request: no price, no volume", () => {
    const { panel } = resampleBars(panels.get("utc")!, { every: "30m", label: "start", empty: "keep" });
    expectClose(panel.index, truth.kept.index, bits);
    expectClose(panel.column("volume"), truth.kept.volume, bits);
    expectClose(panel.column("close"), truth.kept.close, bits);
  });

  test("bars of trades, several at one time among them", () => {
    const { times, prices, volumes, index, bars } = truth.ticks;
    expect(new Set(times).size).toBeLessThan(times.length);
    const { panel } = barsFromTicks(
      { times, prices, volumes },
      { every: "1m", label: "start", empty: "keep" },
    );
    expect(panel.columns).toEqual(columns);
    expectClose(panel.index, index, bits);
    expectClose(panel.values, bars.flat(), bits);
  });
});
