import type { PortfolioProblem } from "../problem/problem.ts";

/** One side of one named limit. */
export interface LimitSide {
  /** "gross.max", "net.min", "groups.NAME.max", …; "weights.min" and "weights.max" are the box's two sides, of all assets. */
  readonly constraint: string;
  readonly kind: "row-min" | "row-max" | "size" | "weights-min" | "weights-max";
  /** Of the row or size; 0 for the box. */
  readonly index: number;
}

/** The sides that limit anything. */
export function limitSides({ lower, upper, rows, sizes }: PortfolioProblem): LimitSide[] {
  const sides: LimitSide[] = [];
  if (lower.some((end) => end > Number.NEGATIVE_INFINITY)) {
    sides.push({ constraint: "weights.min", kind: "weights-min", index: 0 });
  }
  if (upper.some((end) => end < Number.POSITIVE_INFINITY)) {
    sides.push({ constraint: "weights.max", kind: "weights-max", index: 0 });
  }
  sizes.forEach(({ name, max }, index) => {
    if (max < Number.POSITIVE_INFINITY) sides.push({ constraint: `${name}.max`, kind: "size", index });
  });
  rows.forEach(({ name, min, max }, index) => {
    if (min > Number.NEGATIVE_INFINITY) sides.push({ constraint: `${name}.min`, kind: "row-min", index });
    if (max < Number.POSITIVE_INFINITY) sides.push({ constraint: `${name}.max`, kind: "row-max", index });
  });
  return sides;
}

/** Where the side stands; undefined for the box, which stands elsewhere for each asset. */
export function limitOf({ rows, sizes }: PortfolioProblem, { kind, index }: LimitSide): number | undefined {
  if (kind === "size") return sizes[index]!.max;
  if (kind === "row-min") return rows[index]!.min;
  return kind === "row-max" ? rows[index]!.max : undefined;
}

/** Relaxing moves a min down and a max up. */
export function directionOf({ kind }: LimitSide): 1 | -1 {
  return kind === "row-min" || kind === "weights-min" ? -1 : 1;
}
