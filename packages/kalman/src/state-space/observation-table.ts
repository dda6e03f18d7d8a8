import { Matrix, type MatrixLike, QuantError, type VectorLike } from "@astra-quant/core-linalg";
import { isVector, requireMatrix } from "@astra-quant/core-linalg/guards";
import { requireObservations, requireObserved } from "../regression/observation.ts";

/** Observations, bars × p: a matrix, or a vector where p is 1. */
export function requireObservationTable(Y: MatrixLike | VectorLike, observations: number): Matrix {
  if (isVector(Y)) {
    if (observations === 1) return new Matrix(Y.length, 1, requireObservations("Y", Y));
    if (Y.length > 0) {
      throw new QuantError("shape", `Y must be bars × ${observations}, got a vector`, { argument: "Y" });
    }
    return new Matrix(0, observations);
  }
  const table = requireMatrix("Y", Y);
  if (table.columns !== observations) {
    throw new QuantError("shape", `Y must be bars × ${observations}, got ${table.rows}×${table.columns}`, {
      argument: "Y",
    });
  }
  requireObserved(table.data, (i) => `Y[${Math.floor(i / observations)}][${i % observations}]`);
  return table;
}
