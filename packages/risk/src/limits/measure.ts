import { QuantError } from "@astra-quant/core-linalg/guards";
import type { EquityMarks } from "./equity-marks.ts";
import type { LimitName } from "./limit-figure.ts";
import type { Ladders } from "./limit-ladder.ts";
import type { RiskEvent } from "./observation.ts";

/** A state is JSON, which knows no infinity. */
function withinDoubles(value: number): number {
  return Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));
}

/** A figure that was seen. */
export interface Measured {
  readonly limit: LimitName;
  readonly asset?: string;
  readonly value: number;
}

/** (x − from) ÷ from, which is −0.1 for 90 of 100; x ÷ from − 1 is a little less. */
function change(x: number, from: number): number {
  return (x - from) / from;
}

function losses({ initial, high, dayStart, last }: EquityMarks): Measured[] {
  const figures: Measured[] = [
    { limit: "drawdown", value: change(last, high) },
    { limit: "totalLoss", value: change(last, initial) },
  ];
  // The day after ruin has nothing left to lose.
  if (dayStart > 0) figures.push({ limit: "dailyLoss", value: change(last, dayStart) });
  return figures;
}

function exposures(positions: Readonly<Record<string, number>>, equity: number): Measured[] {
  const held = Object.entries(positions);
  const gross = held.reduce((sum, [, value]) => sum + Math.abs(value), 0);
  const net = held.reduce((sum, [, value]) => sum + value, 0);
  const figures: Measured[] = held.map(([asset, value]) => {
    return { limit: "concentration", asset, value: gross === 0 ? 0 : Math.abs(value) / gross };
  });
  if (equity <= 0) return figures; // multiples of nothing
  return [
    { limit: "grossLeverage", value: gross / equity },
    { limit: "netLeverage", value: Math.abs(net) / equity },
    ...held.map(([asset, value]): Measured => {
      return { limit: "position", asset, value: Math.abs(value) / equity };
    }),
    ...figures,
  ];
}

/** Every figure of an event that there is a limit for, in no particular order. */
export function measure(ladders: Ladders, marks: EquityMarks, event: RiskEvent): readonly Measured[] {
  if (ladders.dailyLoss.length > 0 && event.day === undefined) {
    throw new QuantError(
      "data",
      'day must be given while there is a limit on the daily loss: a label such as "2026-03-02"',
      { argument: "day" },
    );
  }
  const { positions, equity, valueAtRisk } = event;
  const figures = [
    ...losses(marks),
    ...(positions === undefined ? [] : exposures(positions, equity)),
    ...(valueAtRisk === undefined ? [] : [{ limit: "valueAtRisk", value: valueAtRisk } as const]),
  ];
  return figures
    .filter(({ limit }) => ladders[limit].length > 0)
    .map((figure) => ({ ...figure, value: withinDoubles(figure.value) }));
}
