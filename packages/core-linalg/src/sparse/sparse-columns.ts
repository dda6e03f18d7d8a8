/**
 * A matrix compressed by column: column j holds the entries columnPointers[j] … columnPointers[j + 1] − 1, each
 * a row index and a value. Anything with these fields is one, whoever made it.
 */
export interface SparseColumns {
  readonly rows: number;
  readonly columns: number;
  readonly columnPointers: Int32Array;
  readonly rowIndices: Int32Array;
  readonly values: Float64Array;
}

/** True for an object with the fields of a matrix compressed by column. */
export function isSparseColumns(x: unknown): x is SparseColumns {
  return (
    typeof x === "object" &&
    x !== null &&
    "columnPointers" in x &&
    "rowIndices" in x &&
    "values" in x &&
    "rows" in x &&
    "columns" in x
  );
}
