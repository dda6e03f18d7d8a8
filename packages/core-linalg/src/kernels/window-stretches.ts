import type { Matrix } from "../matrix/matrix.ts";
import { allocate, copyIn, copyOut, doublesAt } from "./arena.ts";

/** Doubles of x that are handed to a kernel at a time: with their answers they stay in the second cache. */
const STRETCH = 32768;

/** Columns are loaded four at a time, the last of them together with what lies behind. */
const BEHIND = 3;

/** Where an input of a stretch lies in the arena: the block of rows before it, and its own. */
export interface StretchAddress {
  readonly history: number;
  readonly rows: number;
}

/** Two halves that are filled in turn, so that the end of the one is the history of the other. */
interface Halves {
  readonly table: Matrix;
  readonly size: number;
  filled: number;
  other: number;
}

/**
 * Feeds the tables to a kernel of blocks of `block` rows, stretch by stretch, each a multiple of the block. The kernel
 * leaves the answers of a stretch where its first table was, one block earlier: they are copied out. `history` is
 * NaN before the first stretch. Everything that the caller allocates is to be allocated before.
 */
export function inStretches(
  tables: readonly [Matrix, ...Matrix[]],
  block: number,
  answer: Float64Array,
  run: (addresses: readonly StretchAddress[], rows: number) => void,
): void {
  const { rows, columns } = tables[0];
  const blocks = Math.max(1, Math.min(Math.floor(STRETCH / (block * columns)), Math.ceil(rows / block)));
  const stretch = blocks * block;
  const halves = tables.map((table): Halves => {
    const size = stretch * table.columns + BEHIND;
    return { table, size, filled: allocate(size), other: allocate(size) };
  });
  for (const { filled, other, size } of halves) {
    doublesAt(filled, size - BEHIND).fill(Number.NaN);
    for (const half of [filled, other]) doublesAt(half, size).fill(0, size - BEHIND);
  }
  for (let first = 0; first < rows; first += stretch) {
    const count = Math.min(stretch, rows - first);
    const addresses = halves.map((half) => {
      const { table, filled, other } = half;
      const width = table.columns;
      copyIn(other, table.data.subarray(first * width, (first + count) * width));
      half.filled = other;
      half.other = filled;
      return { history: filled + (stretch - block) * width * 8, rows: other };
    });
    run(addresses, count);
    const [{ history, rows: rest }] = addresses as [StretchAddress];
    const head = Math.min(block, count);
    copyOut(history, answer.subarray(first * columns, (first + head) * columns));
    copyOut(rest, answer.subarray((first + head) * columns, (first + count) * columns));
  }
}
