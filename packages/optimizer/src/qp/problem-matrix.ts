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
  /** Which of the entries given each stored one is. */
  readonly source: Int32Array;
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
  const { upper, source } = requireUpperTriangle("P", columns);
  return inOrder("P", upper, isSparseColumns(P) ? { source, given: columns.columnPointers[n]! } : undefined);
}

/** A, of any number of rows and n columns. @throws QuantError when it is none. */
export function readRows(A: QpMatrix | undefined, n: number): ReadMatrix {
  const columns = A === undefined ? CscMatrix.fromTriplets(0, n, []) : requireColumns("A", A);
  if (columns.rows === 0) return inOrder("A", CscMatrix.fromTriplets(0, n, []), undefined);
  if (columns.columns !== n) {
    throw new QuantError("shape", `A must have ${n} columns as q has ${n} entries, got ${columns.columns}`, {
      argument: "A",
    });
  }
  const given = columns.columnPointers[n]!;
  return inOrder("A", columns, isSparseColumns(A) ? { source: firstIntegers(given), given } : undefined);
}

/** The rows of every column ascending; entries that have no order of their own are given in ours. */
function inOrder(name: string, columns: SparseColumns, given: EntryOrder | undefined): ReadMatrix {
  const matrix = CscMatrix.of(columns, name);
  const count = matrix.values.length;
  if (given === undefined) return { matrix, order: { source: firstIntegers(count), given: count } };
  const places = { ...columns, values: Float64Array.from(given.source) };
  return {
    matrix,
    order: { source: Int32Array.from(CscMatrix.of(places, name).values), given: given.given },
  };
}

function firstIntegers(count: number): Int32Array {
  return Int32Array.from({ length: count }, (_, k) => k);
}

/** New values of the entries, in the order in which they were given. */
export function reorderedValues(
  name: string,
  values: VectorLike,
  { source, given }: EntryOrder,
): Float64Array {
  const list = requireFiniteVector(name, values, given);
  return Float64Array.from(source, (k) => list[k]!);
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
