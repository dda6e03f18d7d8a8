import type { Matrix } from "../matrix/matrix.ts";
import { BlockMerge } from "../rolling/block-merge.ts";
import { type ProductsForm, runProducts } from "../rolling/run-products.ts";

export interface ProductsWindow {
  readonly window: number;
  readonly minPeriods: number;
}

/**
 * Every window of every column of x with that of y (or with y's only one), in readable form; the WebAssembly equals
 * it in every bit.
 */
export function rollingProductsTypescript(
  x: Matrix,
  y: Matrix,
  { window, minPeriods }: ProductsWindow,
  form: ProductsForm,
  answer: Float64Array,
): void {
  const { rows, columns } = x;
  const law = runProducts(form);
  for (let j = 0; j < columns; j++) {
    const merge = new BlockMerge(law, window, minPeriods);
    const partner = y.columns === columns ? j : 0;
    for (let row = 0; row < rows; row++) {
      answer[row * columns + j] = merge.push(x.data[row * columns + j]!, y.data[row * y.columns + partner]!);
    }
  }
}

export function rollingProducts(
  x: Matrix,
  y: Matrix,
  window: ProductsWindow,
  form: ProductsForm,
  answer: Float64Array,
): void {
  rollingProductsTypescript(x, y, window, form, answer);
}
