import { Matrix, QuantError } from "@astra-quant/core-linalg";

/** Weights as they are held, and the first row that can earn. */
export interface HeldWeights {
  /** Time × assets: row t holds what was decided at row t − lag; row 0 holds nothing. */
  readonly held: Matrix;
  /** The first row that holds a decision, be it to stay flat. */
  readonly firstBar: number;
}

function refuse(entry: string, row: number, column: number, value: number): never {
  throw new QuantError(
    "not-finite",
    `${entry} must be finite (NaN only before the first number of its column), got ${value}`,
    { argument: entry, row, column, value },
  );
}

/**
 * Moves decided weights to the rows that earn with them. NaN at the beginning of a column is "not decided
 * yet" and held as 0; NaN after a number is refused. `entry` names an entry in messages.
 */
export function holdWeights(
  name: string,
  weights: Matrix,
  lag: number,
  entry: (row: number, column: number) => string,
): HeldWeights {
  const { rows, columns, data } = weights;
  const held = new Matrix(rows, columns);
  const decided = new Uint8Array(columns);
  let firstDecision = rows;
  for (let t = 0; t < rows; t++) {
    for (let j = 0; j < columns; j++) {
      const weight = data[t * columns + j]!;
      if (Number.isFinite(weight)) {
        decided[j] = 1;
        firstDecision = Math.min(firstDecision, t);
        const bar = t + lag;
        if (bar > 0 && bar < rows) held.data[bar * columns + j] = weight;
      } else if (decided[j] === 1 || !Number.isNaN(weight)) {
        refuse(entry(t, j), t, j, weight);
      }
    }
  }
  const firstBar = Math.max(firstDecision + lag, 1);
  if (firstBar >= rows) {
    throw new QuantError(
      "data",
      `${name} must hold a number ${lag} or more rows before the last (row ${rows - 1}): nothing is decided in time to earn`,
      { argument: name, rows, lag },
    );
  }
  return { held, firstBar };
}
