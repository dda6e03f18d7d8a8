import { Matrix, mean, std } from "@astra-quant/core-linalg";
import { solveQp } from "@astra-quant/optimizer";
import {
  optimizeSignalWeights,
  type QuadraticProgramSolver,
  type SignalWeights,
  signalCorrelation,
  type WeighedSignal,
} from "@astra-quant/signals";
import { conditionedIc, TRAINING } from "./market-regime.ts";
import type { MeasuredFactor } from "./measure-factors.ts";

/** Rows that a weight looks back on. */
const LOOKBACK = 252;
/** Rows from one weighing to the next: a month. */
const EVERY = 21;
const TRADING_DAYS = 252;

/** The optimizer behind the weights: signals asks for any solver, and knows of none. */
const solve: QuadraticProgramSolver = (program) =>
  solveQp(program, { epsAbs: 1e-9, epsRel: 1e-9, polishing: true });

/** The weights from one row on, until the next. */
export interface Weighing extends SignalWeights {
  readonly row: number;
  readonly factors: Readonly<Record<string, WeighedSignal>>;
  /** Why each factor that is left out is. */
  readonly exclusions: Readonly<Record<string, string>>;
}

function sharpeOf(pnl: Float64Array): number {
  const known = pnl.filter((value) => !Number.isNaN(value));
  const ratio = (mean(known) / std(known)) * Math.sqrt(TRADING_DAYS);
  return Number.isFinite(ratio) ? ratio : 0;
}

function lastRows({ scores }: MeasuredFactor, row: number): Matrix {
  const { columns, data } = scores.values;
  return new Matrix(LOOKBACK, columns, data.slice((row + 1 - LOOKBACK) * columns, (row + 1) * columns));
}

function weigh(factors: Readonly<Record<string, MeasuredFactor>>, regime: Matrix, row: number): Weighing {
  const names = Object.keys(factors);
  const records = Object.fromEntries(
    Object.entries(factors).map(([name, { ic, pnl, health }]): [string, WeighedSignal] => {
      const { score, admitted } = health[row]!;
      return [
        name,
        {
          ic: conditionedIc(ic, regime, row, LOOKBACK),
          health: score,
          sharpe: sharpeOf(pnl.slice(row + 1 - LOOKBACK, row + 1)),
          admitted,
        },
      ];
    }),
  );
  const past = Object.fromEntries(names.map((name) => [name, lastRows(factors[name]!, row)]));
  const weights = optimizeSignalWeights(records, signalCorrelation(past).correlation, { solve });
  const exclusions = names.flatMap((name) => {
    const { admitted, reasons } = factors[name]!.health[row]!;
    return admitted ? [] : [[name, reasons.slice(0, 2).join("; ")]];
  });
  return { ...weights, row, factors: records, exclusions: Object.fromEntries(exclusions) };
}

/** The weights of each month, from the row on in which the regimes are known and a year of coefficients is. */
export function weighFactors(
  factors: Readonly<Record<string, MeasuredFactor>>,
  regime: Matrix | undefined,
): readonly Weighing[] {
  if (regime === undefined) return [];
  const first = TRAINING + LOOKBACK;
  const count = Math.max(0, Math.ceil((regime.rows - first) / EVERY));
  return Array.from({ length: count }, (_, k) => weigh(factors, regime, first + k * EVERY));
}

/** One weight a row for each factor; NaN before the first weighing. */
export function weightsByRow(
  weighings: readonly Weighing[],
  names: readonly string[],
  rows: number,
): Readonly<Record<string, Float64Array>> {
  return Object.fromEntries(
    names.map((name) => {
      const series = new Float64Array(rows).fill(Number.NaN);
      for (const { row, weights } of weighings) series.fill(weights[name]!, row);
      return [name, series];
    }),
  );
}
