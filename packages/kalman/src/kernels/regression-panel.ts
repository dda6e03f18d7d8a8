import type { Matrix } from "@astra-quant/core-linalg";
import { allocate, copyIn, copyOut, doublesAt, inArena, lazyKernel } from "@astra-quant/core-linalg/kernels";
import { FIGURES, type KalmanRegressionFigure } from "../regression/figures.ts";
import type { BarsAndAnswers } from "../regression/line-fold.ts";
import { requireObserved } from "../regression/observation.ts";
import type { RegressionFilter } from "../regression/regression-filter.ts";
import { regressionPanelWasm } from "./generated/regression-panel.ts";

interface PanelKernel {
  regressionPanel(
    series: number,
    hop: number,
    rows: number,
    N: number,
    records: number,
    forgets: boolean,
  ): boolean;
}

const kernel: () => PanelKernel | undefined = lazyKernel<PanelKernel>(regressionPanelWasm);

/** Below so many bars of pairs the TypeScript is as fast. */
const SMALL = 512;
/** Doubles of two pairs' record in the kernel, and the first of those that bars change. */
const RECORD = 36;
const CHANGING = 16;
/** Doubles that are handed to the kernel at a time, both prices and five answers: they stay in the second cache. */
const STRETCH = 65536;
/** Bars within which a pair's line must be determined for the kernel to take it from there. */
const PROMPT = 64;

/** One time × pairs matrix for each of these figures of a step. */
export type PanelSeries<Figure extends KalmanRegressionFigure = KalmanRegressionFigure> = {
  readonly [Name in Figure]: Matrix;
};

/** A matrix for each figure that is asked for. */
export type AskedSeries = Partial<PanelSeries>;

/** Prices, time × pairs, and a filter for each pair. */
export interface PanelProblem {
  readonly x: Matrix;
  readonly y: Matrix;
  /** What an entry of the prices is called where it is refused. */
  readonly nameOf: (series: "x" | "y", entry: number) => string;
  readonly filters: readonly RegressionFilter[];
}

/** Refuses the first `count` prices of each if one is beyond what is taken. */
function requireFirst({ x, y, nameOf }: PanelProblem, count: number): void {
  requireObserved(x.data.subarray(0, count), (entry) => nameOf("x", entry));
  requireObserved(y.data.subarray(0, count), (entry) => nameOf("y", entry));
}

/** Runs the filter of pair j over the bars from `first` to before `last`. */
function filterPair(
  { x, y, filters }: PanelProblem,
  j: number,
  first: number,
  last: number,
  out: AskedSeries,
): void {
  const { columns } = x;
  const asked = FIGURES.flatMap((name) => (out[name] === undefined ? [] : [[name, out[name].data] as const]));
  const bars: BarsAndAnswers = { x: x.data, y: y.data, ...Object.fromEntries(asked) };
  filters[j]!.fold(bars, first * columns + j, last * columns + j, columns);
}

/** Every pair by its own filter, in readable form. The WebAssembly equals it in every bit. */
export function regressionPanelTypescript(problem: PanelProblem, out: AskedSeries): void {
  for (let j = 0; j < problem.x.columns; j++) filterPair(problem, j, 0, problem.x.rows, out);
}

/** The bars after which the pair's line is determined, as far as its first bars tell. */
function determinedAfter({ x, y, filters }: PanelProblem, j: number, most: number): number {
  if (filters[j]!.known === "line") return 0;
  let anchor = Number.NaN;
  for (let t = 0; t < most; t++) {
    const [xt, yt] = [x.data[t * x.columns + j]!, y.data[t * x.columns + j]!];
    if (Number.isNaN(xt) || Number.isNaN(yt)) continue;
    if (Number.isNaN(anchor)) anchor = xt;
    else if (xt !== anchor) return t + 1;
  }
  return Number.POSITIVE_INFINITY;
}

/** What bars change, in the order of the kernel's record. */
const CHANGED = [
  "level",
  "slope",
  "n00",
  "n01",
  "n11",
  "d",
  "s",
  "squares",
  "missing",
  "rescalings",
] as const;

function writeRecord(records: Float64Array, j: number, filter: RegressionFilter, live: boolean): void {
  const { anchor, observationVariance } = filter;
  const { inflation, g00, g01, g11, gain } = filter.steps();
  const start = (j >> 1) * RECORD + (j & 1);
  [anchor, observationVariance, g00, g01, g11, gain, inflation].forEach((value, field) => {
    records[start + 2 * field] = value;
  });
  // All bits of a lane that counts are set, as the kernel compares.
  new BigInt64Array(records.buffer, records.byteOffset, records.length)[start + CHANGING - 2] = live
    ? -1n
    : 0n;
  CHANGED.forEach((name, field) => {
    records[start + CHANGING + 2 * field] = filter[name];
  });
}

function readRecord(records: Float64Array, j: number, filter: RegressionFilter, bars: number): void {
  const { missing } = filter;
  const start = (j >> 1) * RECORD + (j & 1) + CHANGING;
  CHANGED.forEach((name, field) => {
    filter[name] = records[start + 2 * field]!;
  });
  filter.observations += bars - (filter.missing - missing);
}

/** The bars from `first` on, in stretches; false where WebAssembly or memory is not to be had or a price is beyond what is taken. */
function runKernel(
  problem: PanelProblem,
  late: readonly boolean[],
  first: number,
  out: AskedSeries,
): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const { x, y, filters } = problem;
  const { rows, columns: N } = x;
  const forgets = filters.some(({ forgetting }) => forgetting < 1);
  const stretch = Math.min(rows, Math.max(1, Math.floor(STRETCH / (7 * N))));
  const done = inArena(() => {
    // One more, since the last column of an odd number is loaded together with what lies behind it.
    const places = [x, y, ...FIGURES].map(() => allocate(stretch * N + 1)) as [number, number, ...number[]];
    const [series, next, ...answers] = places;
    const size = RECORD * Math.ceil(N / 2);
    const at = allocate(size);
    const records = doublesAt(at, size).fill(0);
    filters.forEach((filter, j) => {
      writeRecord(records, j, filter, !late[j]);
    });
    for (let top = first; top < rows; top += stretch) {
      const bottom = Math.min(rows, top + stretch);
      copyIn(series, x.data.subarray(top * N, bottom * N));
      copyIn(next, y.data.subarray(top * N, bottom * N));
      if (!wasm.regressionPanel(series, next - series, bottom - top, N, at, forgets)) return false;
      FIGURES.forEach((name, k) => {
        const series = out[name];
        if (series !== undefined) copyOut(answers[k]!, series.data.subarray(top * N, bottom * N));
      });
    }
    filters.forEach((filter, j) => {
      if (!late[j]) readRecord(records, j, filter, rows - first);
    });
    return true;
  });
  return done ?? false;
}

/**
 * False where WebAssembly or the memory for it is not to be had or a price is beyond what is taken; the filters are then
 * spent. Pairs whose line is not soon determined are filtered by the TypeScript.
 */
export function regressionPanelWebassembly(problem: PanelProblem, out: AskedSeries): boolean {
  const { rows, columns } = problem.x;
  const needed = Array.from({ length: columns }, (_, j) =>
    determinedAfter(problem, j, Math.min(rows, PROMPT)),
  );
  const late = needed.map((bars) => bars === Number.POSITIVE_INFINITY);
  const start = needed.reduce(
    (most, bars) => (bars === Number.POSITIVE_INFINITY ? most : Math.max(most, bars)),
    0,
  );
  requireFirst(problem, (late.includes(true) ? rows : start) * columns); // what the kernel does not see to
  for (let j = 0; j < columns; j++) if (!late[j]) filterPair(problem, j, 0, start, out);
  if (!runKernel(problem, late, start, out)) return false;
  for (let j = 0; j < columns; j++) if (late[j]) filterPair(problem, j, 0, rows, out);
  return true;
}

/**
 * Fills what `out` holds, and gives the filters after the last bar; `filters` makes fresh ones.
 *
 * @throws QuantError "not-finite" or "range" for a price that is infinite or beyond what is taken.
 */
export function regressionPanel(
  prices: Omit<PanelProblem, "filters">,
  filters: () => readonly RegressionFilter[],
  out: AskedSeries,
): readonly RegressionFilter[] {
  const problem = { ...prices, filters: filters() };
  const plain = problem.filters.every((filter) => filter.plain);
  if (plain && prices.x.data.length >= SMALL && regressionPanelWebassembly(problem, out))
    return problem.filters;
  requireFirst(problem, prices.x.data.length);
  const again = { ...prices, filters: filters() };
  regressionPanelTypescript(again, out);
  return again.filters;
}
