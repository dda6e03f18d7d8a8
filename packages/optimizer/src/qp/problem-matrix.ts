import {
  CscMatrix,
  type MatrixLike,
  QuantError,
  type SparseColumns,
  type Triplet,
  type VectorLike,
} from "@astra-quant/core-linalg";
import {
  isSparseColumns,
  requireFiniteVector,
  requireKnownOptions,
  requireUpperTriangle,
  show,
} from "@astra-quant/core-linalg/guards";

/** Entries in any order, those of one place added up. */
export interface TripletMatrix {
  readonly rows: number;
  readonly columns: number;
  readonly triplets: readonly Triplet[];
}

/** A matrix as a problem takes it: dense, compressed by column, or triplets. */
export type QpMatrix = MatrixLike | SparseColumns | TripletMatrix;

function isTriplets(matrix: unknown): matrix is TripletMatrix {
  return typeof matrix === "object" && matrix !== null && "triplets" in matrix;
}

function requireColumns(name: string, matrix: QpMatrix | undefined): SparseColumns {
  if (isSparseColumns(matrix)) return matrix;
  if (isTriplets(matrix)) {
    requireKnownOptions(matrix, ["rows", "columns", "triplets"], name);
    return CscMatrix.fromTriplets(matrix.rows, matrix.columns, matrix.triplets);
  }
  if (matrix === undefined || matrix === null) {
    throw new QuantError("shape", `${name} must be a matrix, got ${show(matrix)}`, { argument: name });
  }
  return CscMatrix.fromDense(matrix, name);
}

/** How the entries of a stored matrix were given: compressed by column in an order of their own, or in ours. */
export interface EntryOrder {
  /** Which of the entries given each stored one is; undefined when they are the same. */
  readonly source: Int32Array | undefined;
  /** How many entries were given; those below P's diagonal are not stored. */
  readonly given: number;
}

export interface ReadMatrix {
  readonly matrix: CscMatrix;
  readonly order: EntryOrder;
}

/** The upper triangle of P, n×n. @throws QuantError when it is no square symmetric or upper triangular matrix. */
export function readObjective(P: QpMatrix, n: number): ReadMatrix {
  const columns = requireColumns("P", P);
  if (columns.rows !== n || columns.columns !== n) {
    throw new QuantError(
      "shape",
      `P must be ${n}×${n} as q has ${n} entries, got ${columns.rows}×${columns.columns}`,
      { argument: "P" },
    );
  }
  const { matrix, order } = stored("P", columns, P);
  if (isUpper(matrix)) return { matrix, order };
  const { upper, source } = requireUpperTriangle("P", matrix);
  const kept = CscMatrix.of(upper, "P");
  if (!isSparseColumns(P)) return { matrix: kept, order: { source: undefined, given: kept.values.length } };
  const places = order.source;
  return { matrix: kept, order: { ...order, source: places ? source.map((k) => places[k]!) : source } };
}

function isUpper({ columns, columnPointers, rowIndices }: SparseColumns): boolean {
  for (let j = 0; j < columns; j++) {
    const end = columnPointers[j + 1]!;
    if (end > columnPointers[j]! && rowIndices[end - 1]! > j) return false;
  }
  return true;
}

/** A, of any number of rows and n columns. @throws QuantError when it is none. */
export function readRows(A: QpMatrix | undefined, n: number): ReadMatrix {
  const columns = A === undefined ? CscMatrix.fromTriplets(0, n, []) : requireColumns("A", A);
  if (columns.rows === 0) return stored("A", CscMatrix.fromTriplets(0, n, []), undefined);
  if (columns.columns !== n) {
    throw new QuantError("shape", `A must have ${n} columns as q has ${n} entries, got ${columns.columns}`, {
      argument: "A",
    });
  }
  return stored("A", columns, A);
}

/** A copy with the rows of every column ascending; what was not compressed by column was copied already. */
function stored(name: string, columns: SparseColumns, given: QpMatrix | undefined): ReadMatrix {
  const matrix = isSparseColumns(given) ? CscMatrix.of(columns, name) : (columns as CscMatrix);
  const count = matrix.values.length;
  const ascending = matrix.rowIndices.every((row, k) => row === columns.rowIndices[k]);
  if (ascending) return { matrix, order: { source: undefined, given: count } };
  const places = CscMatrix.of(
    { ...columns, values: Float64Array.from({ length: count }, (_, k) => k) },
    name,
  );
  return { matrix, order: { source: Int32Array.from(places.values), given: count } };
}

/** New values of the entries, in the order in which they were given. */
export function reorderedValues(
  name: string,
  values: VectorLike,
  { source, given }: EntryOrder,
): Float64Array {
  const list = requireFiniteVector(name, values, given);
  return source === undefined ? list.slice() : Float64Array.from(source, (k) => list[k]!);
}

/** The values of another matrix at the places of `pattern`; 0 where it has no entry. */
export function valuesAt(name: string, pattern: CscMatrix, { matrix }: ReadMatrix): Float64Array {
  if (matrix.rows !== pattern.rows) {
    throw new QuantError("shape", `${name} must have ${pattern.rows} rows as before, got ${matrix.rows}`, {
      argument: name,
    });
  }
  const values = new Float64Array(pattern.values.length);
  for (let j = 0; j < pattern.columns; j++) {
    let at = pattern.columnPointers[j]!;
    const end = pattern.columnPointers[j + 1]!;
    for (let k = matrix.columnPointers[j]!; k < matrix.columnPointers[j + 1]!; k++) {
      const row = matrix.rowIndices[k]!;
      while (at < end && pattern.rowIndices[at]! < row) at++;
      if (at < end && pattern.rowIndices[at] === row) values[at] = matrix.values[k]!;
      else if (matrix.values[k] !== 0) {
        throw new QuantError(
          "data",
          `${name} must keep its pattern, but [${row}][${j}] is new; make a new solver for it`,
          { row, column: j },
        );
      }
    }
  }
  return values;
}
