import { QuantError, show } from "../guards/quant-error.ts";

/** The numbers of a state's field, if they are `length` finite ones. */
export function requireStateNumbers(name: string, field: unknown, length: number): Float64Array {
  if (!Array.isArray(field) || field.length !== length) {
    throw new QuantError("data", `${name} must be an array of ${length} numbers, got ${show(field)}`, {
      argument: name,
      expected: length,
    });
  }
  const strange = field.findIndex((value) => !Number.isFinite(value));
  if (strange < 0) return Float64Array.from(field as number[]);
  throw new QuantError("data", `${name}[${strange}] must be a finite number, got ${show(field[strange])}`, {
    argument: name,
    index: strange,
    value: field[strange],
  });
}

/** The lower triangle of an n×n matrix, row by row. */
export function lowerTriangle(products: Float64Array, n: number): number[] {
  const triangle: number[] = [];
  for (let i = 0; i < n; i++) for (let j = 0; j <= i; j++) triangle.push(products[i * n + j]!);
  return triangle;
}

/** The symmetric n×n matrix with that lower triangle. */
export function fromLowerTriangle(triangle: Float64Array, n: number): Float64Array {
  const products = new Float64Array(n * n);
  for (let i = 0, k = 0; i < n; i++) {
    for (let j = 0; j <= i; j++, k++) {
      products[i * n + j] = triangle[k]!;
      products[j * n + i] = triangle[k]!;
    }
  }
  return products;
}
