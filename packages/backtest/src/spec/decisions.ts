import { Matrix, QuantError, type TableLike } from "@astra-quant/core-linalg";
import { requirePositive } from "@astra-quant/core-linalg/guards";
import type { BacktestSpec } from "./backtest-spec.ts";
import type { Market } from "./market.ts";
import { requireTimeByAsset } from "./time-by-asset.ts";

/** What is wanted, row by row. */
export interface Decisions {
  /** What an entry counts: fractions of capital, or shares. */
  readonly unit: "weight" | "share";
  /** Time × assets: NaN keeps what is held. */
  readonly table: Matrix;
  /** 1 for the rows that hold a NaN. */
  readonly gaps: Uint8Array;
  /** The first bar that holds a decision, be it to stay flat. */
  readonly firstBar: number;
}

/** What a NaN means after the first number of its column. */
export type MissingWeights = "refuse" | "hold";

const KINDS = ["weights", "positions", "signals"] as const;

function requireOneKind(spec: BacktestSpec): { kind: (typeof KINDS)[number]; given: TableLike } {
  const kinds = KINDS.filter((kind) => spec[kind] !== undefined);
  if (kinds.length === 1) return { kind: kinds[0]!, given: spec[kinds[0]!]! };
  // One missing table is most likely to have been weights.
  if (kinds.length === 0) return { kind: "weights", given: spec.weights as never };
  throw new QuantError("option", `give one of weights, positions and signals, got ${kinds.join(" and ")}`, {
    given: kinds,
  });
}

/** Scores to weights: in proportion to each score, the row's sizes adding up to `gross`. */
function weightsOfSignals({ rows, columns, data }: Matrix, gross: number): Matrix {
  const weights = new Float64Array(data.length);
  for (let t = 0; t < rows; t++) {
    const row = t * columns;
    let total = 0;
    for (let k = row; k < row + columns; k++) if (!Number.isNaN(data[k]!)) total += Math.abs(data[k]!);
    if (total * gross === Number.POSITIVE_INFINITY) {
      throw new QuantError("range", `signals[${t}] must have sizes that add up within the doubles`, {
        argument: "signals",
        row: t,
      });
    }
    for (let k = row; k < row + columns; k++) {
      weights[k] = total > 0 && !Number.isNaN(data[k]!) ? (gross * data[k]!) / total : 0;
    }
    // A row without any score is no decision, not one to be flat.
    if (total === 0 && data.subarray(row, row + columns).every(Number.isNaN)) {
      weights.fill(Number.NaN, row, row + columns);
    }
  }
  return new Matrix(rows, columns, weights);
}

function refuse(entry: string, row: number, column: number, value: number): never {
  throw new QuantError(
    "not-finite",
    `${entry} must be finite (NaN only before the first number of its column), got ${value}`,
    { argument: entry, row, column, value },
  );
}

function isFiniteRow(data: Float64Array, start: number, columns: number): boolean {
  let spoilt = 0;
  for (let k = start; k < start + columns; k++) spoilt += data[k]! * 0; // NaN and ∞ make NaN of 0
  return spoilt === 0;
}

/** The first row with a number, and the rows with a gap; refuses infinities, and gaps unless they are to be held over. */
function requireLawful(
  { rows, columns, data }: Matrix,
  policy: MissingWeights,
  entry: (row: number, column: number) => string,
): { readonly first: number; readonly gaps: Uint8Array } {
  const decided = new Uint8Array(columns);
  const gaps = new Uint8Array(rows);
  let first = rows;
  let whole = false;
  for (let t = 0; t < rows; t++) {
    if (isFiniteRow(data, t * columns, columns)) {
      if (!whole) decided.fill(1);
      whole = true;
      first = Math.min(first, t);
      continue;
    }
    gaps[t] = 1;
    for (let j = 0; j < columns; j++) {
      const value = data[t * columns + j]!;
      if (Number.isFinite(value)) {
        decided[j] = 1;
        if (t < first) first = t;
      } else if (!Number.isNaN(value) || (decided[j] === 1 && policy === "refuse")) {
        refuse(entry(t, j), t, j, value);
      }
    }
  }
  return { first, gaps };
}

/** A table of what is wanted, each entry lawful, with the first bar that holds any of it. */
export function decisionsOf(
  name: string,
  unit: Decisions["unit"],
  table: Matrix,
  lag: number,
  policy: MissingWeights,
  entry: (row: number, column: number) => string,
): Decisions {
  const { first, gaps } = requireLawful(table, policy, entry);
  const firstBar = Math.max(first + lag, 1);
  if (firstBar < table.rows) return { unit, table, gaps, firstBar };
  throw new QuantError(
    "data",
    `${name} must hold a number ${lag} or more rows before the last (row ${table.rows - 1}): nothing is decided in time to earn`,
    { argument: name, rows: table.rows, lag },
  );
}

/** The decisions of a spec, from weights, shares or scores. */
export function requireDecisions(
  spec: BacktestSpec,
  market: Market,
  lag: number,
  policy: MissingWeights,
): Decisions {
  const { kind, given } = requireOneKind(spec);
  const table = requireTimeByAsset(kind, given, market);
  if (spec.gross !== undefined && kind !== "signals") {
    throw new QuantError("option", `gross sizes signals; ${kind} have their own`, { argument: "gross" });
  }
  if (spec.missingWeights !== undefined && kind === "signals") {
    throw new QuantError(
      "option",
      "missingWeights is for weights and positions: a missing score is no opinion",
      {
        argument: "missingWeights",
      },
    );
  }
  if (kind === "positions" && market.prices === undefined) {
    throw new QuantError("option", "positions are shares, whose worth needs prices; got returns", {
      argument: "positions",
    });
  }
  const gross = requirePositive("gross", spec.gross ?? 1);
  const entry = (row: number, column: number) => `${kind}[${row}][${column}]`;
  if (kind !== "signals") {
    return decisionsOf(kind, kind === "positions" ? "share" : "weight", table, lag, policy, entry);
  }
  // A score that is missing is a name without an opinion: nothing is wanted of it.
  const infinite = table.data.findIndex((score) => Math.abs(score) === Number.POSITIVE_INFINITY);
  if (infinite >= 0) {
    const [row, column] = [Math.floor(infinite / table.columns), infinite % table.columns];
    throw new QuantError(
      "not-finite",
      `${entry(row, column)} must be finite or NaN, got ${table.data[infinite]}`,
      {
        argument: kind,
        row,
        column,
      },
    );
  }
  return decisionsOf(kind, "weight", weightsOfSignals(table, gross), lag, "hold", entry);
}
