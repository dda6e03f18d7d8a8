import { QuantError, type TableLike } from "@astra-quant/core-linalg";
import {
  requireFiniteMatrix,
  requireFiniteVector,
  requireTable,
  show,
} from "@astra-quant/core-linalg/guards";
import { type BlockMoments, blockMoments } from "./block-moments.ts";

/** Fewest returns of a block whose variance can be told. */
const FEWEST = 2;

function isBlockMoments(x: unknown): x is BlockMoments {
  return typeof x === "object" && x !== null && "counts" in x && "means" in x && "squares" in x;
}

function requireAlike(list: readonly unknown[], blocks: number): BlockMoments[] {
  const counts = (list[0] as BlockMoments).counts;
  return list.map((entry, j) => {
    const name = `records[${j}]`;
    if (!isBlockMoments(entry)) {
      throw new QuantError(
        "data",
        `${name} must be block moments { counts, means, squares }, got ${show(entry)}`,
        {
          argument: name,
        },
      );
    }
    requireFiniteVector(`${name}.counts`, entry.counts, blocks);
    requireFiniteVector(`${name}.means`, entry.means, blocks);
    requireFiniteVector(`${name}.squares`, entry.squares, blocks);
    const k = entry.counts.findIndex((count, i) => count !== counts[i]);
    if (k < 0) return entry;
    throw new QuantError(
      "shape",
      `${name}.counts[${k}] must be ${counts[k]} as in records[0], got ${entry.counts[k]}: strategies are compared over the same rows`,
      { argument: name, block: k },
    );
  });
}

function requireEnoughRows(rows: number, blocks: number): void {
  if (rows >= FEWEST * blocks) return;
  throw new QuantError(
    "shape",
    `records must have at least ${FEWEST} rows a block, ${FEWEST * blocks} for ${blocks} blocks, got ${rows}`,
    { rows, blocks },
  );
}

/** One strategy's moments each, all over the same rows, from returns (time × strategies) or from moments as given. */
export function momentsOfStrategies(
  records: TableLike | readonly BlockMoments[],
  blocks: number,
): BlockMoments[] {
  if (Array.isArray(records) && isBlockMoments(records[0])) {
    const list = requireAlike(records, blocks);
    requireEnoughRows(
      list[0]!.counts.reduce((sum, count) => sum + count, 0),
      blocks,
    );
    return list;
  }
  const table = requireFiniteMatrix("records", requireTable("records", records as TableLike));
  requireEnoughRows(table.rows, blocks);
  return Array.from({ length: table.columns }, (_, j) => blockMoments(table.column(j), blocks));
}
