import type { Matrix } from "../matrix/matrix.ts";

/** Columns that are taken out of a table at a time: of some thousand rows they stay in the second cache. */
export const STRIP = 32;

/** A part of a table: `rows` rows from `top` on of `width` columns from `first` on. */
export interface Strip {
  readonly top: number;
  readonly rows: number;
  readonly first: number;
  readonly width: number;
}

/** Copies a strip of the table into `room`, row by row. */
export function takeStrip({ data, columns }: Matrix, strip: Strip, room: Float64Array): void {
  const { top, rows, first, width } = strip;
  let to = 0;
  for (let row = top; row < top + rows; row++) {
    for (let k = row * columns + first, end = k + width; k < end; k++) room[to++] = data[k]!;
  }
}

/** Copies a strip, row by row, to its place in a table of so many columns. */
export function putStrip(
  room: Float64Array,
  { top, rows, first, width }: Strip,
  columns: number,
  data: Float64Array,
): void {
  let from = 0;
  for (let row = top; row < top + rows; row++) {
    for (let k = row * columns + first, end = k + width; k < end; k++) data[k] = room[from++]!;
  }
}
