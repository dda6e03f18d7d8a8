import type { Matrix } from "../matrix/matrix.ts";
import { BlockMerge } from "../rolling/block-merge.ts";
import { type ProductsForm, runProducts } from "../rolling/run-products.ts";
import { allocate, copyIn, doublesAt, inArena } from "./arena.ts";
import { COUNT_ENTRY, countTable } from "./count-table.ts";
import { rollingProductsWasm } from "./generated/rolling-products.ts";
import { lazyKernel } from "./load-kernel.ts";
import { inStretches } from "./window-stretches.ts";

interface ProductsKernel {
  rollingProducts(
    historyX: number,
    x: number,
    historyY: number,
    y: number,
    rows: number,
    N: number,
    one: boolean,
    window: number,
    form: number,
    counts: number,
    flags: number,
    work: number,
    partners: number,
  ): void;
}

const kernel: () => ProductsKernel | undefined = lazyKernel<ProductsKernel>(rollingProductsWasm);

const SMALL = 512;
/** Doubles of a suffix's record in the kernel, and of a partner's row. */
const RECORD = 14;
const PARTNER = 16;
const FORMS: readonly ProductsForm["as"][] = ["covariance", "beta", "correlation"];

export interface ProductsWindow {
  readonly window: number;
  readonly minPeriods: number;
}

/**
 * Every window of every column of x with that of y (or with y's only one), in readable form: a stream for each. The
 * WebAssembly equals it in every bit.
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

/** False where WebAssembly or the memory for it is not to be had; `answer` is then untouched. */
export function rollingProductsWebassembly(
  x: Matrix,
  y: Matrix,
  { window, minPeriods }: ProductsWindow,
  form: ProductsForm,
  answer: Float64Array,
): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const { columns } = x;
  const length = Math.min(window, x.rows);
  const ddof = form.as === "covariance" ? form.ddof : undefined;
  const least = Math.max(minPeriods, (ddof ?? 0) + 1);
  const done = inArena(() => {
    const counts = allocate(COUNT_ENTRY * (length + 1));
    const flags = allocate(columns);
    const work = allocate(RECORD * (length + 1));
    const partners = allocate(PARTNER * (length + 1));
    copyIn(counts, countTable(length, least, ddof));
    doublesAt(flags, columns).fill(0);
    inStretches([x, y], length, answer, ([atX, atY], rows) => {
      wasm.rollingProducts(
        atX!.history,
        atX!.rows,
        atY!.history,
        atY!.rows,
        rows,
        columns,
        y.columns === 1,
        length,
        FORMS.indexOf(form.as),
        counts,
        flags,
        work,
        partners,
      );
    });
    return true;
  });
  return done ?? false;
}

export function rollingProducts(
  x: Matrix,
  y: Matrix,
  window: ProductsWindow,
  form: ProductsForm,
  answer: Float64Array,
): void {
  if (x.data.length < SMALL || !rollingProductsWebassembly(x, y, window, form, answer)) {
    rollingProductsTypescript(x, y, window, form, answer);
  }
}
