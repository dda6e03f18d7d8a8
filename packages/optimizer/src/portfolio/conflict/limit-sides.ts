import type { PortfolioProblem } from "../problem/problem.ts";

/** One side of one named limit. */
export interface LimitSide {
  /** "gross.max", "net.min", "groups.NAME.max", …; "weights.min", "weights.max" and "participation" stand for all assets. */
  readonly constraint: string;
  readonly kind: "row-min" | "row-max" | "size" | "weights-min" | "weights-max" | "participation";
  /** Of the row, size or box. */
  readonly index: number;
}

/** The sides that limit anything. */
export function limitSides({ boxes, rows, sizes }: PortfolioProblem): LimitSide[] {
  const sides: LimitSide[] = [];
  boxes.forEach(({ name, lower, upper }, index) => {
    const hasMin = lower.some((end) => end > Number.NEGATIVE_INFINITY);
    const hasMax = upper.some((end) => end < Number.POSITIVE_INFINITY);
    if (name === "participation") sides.push({ constraint: name, kind: "participation", index });
    else {
      if (hasMin) sides.push({ constraint: `${name}.min`, kind: "weights-min", index });
      if (hasMax) sides.push({ constraint: `${name}.max`, kind: "weights-max", index });
    }
  });
  sizes.forEach(({ name, max }, index) => {
    if (max < Number.POSITIVE_INFINITY) sides.push({ constraint: `${name}.max`, kind: "size", index });
  });
  rows.forEach(({ name, min, max }, index) => {
    if (min > Number.NEGATIVE_INFINITY) sides.push({ constraint: `${name}.min`, kind: "row-min", index });
    if (max < Number.POSITIVE_INFINITY) sides.push({ constraint: `${name}.max`, kind: "row-max", index });
  });
  return sides;
}

/** Where the side stands; undefined for a box, which stands elsewhere for each asset. */
export function limitOf({ rows, sizes }: PortfolioProblem, { kind, index }: LimitSide): number | undefined {
  if (kind === "size") return sizes[index]!.max;
  if (kind === "row-min") return rows[index]!.min;
  return kind === "row-max" ? rows[index]!.max : undefined;
}

/** Relaxing moves a min down and a max up. */
export function directionOf({ kind }: LimitSide): 1 | -1 {
  return kind === "row-min" || kind === "weights-min" ? -1 : 1;
}

/** Whether the side is bounds, which give way together. */
export function isBox({ kind }: LimitSide): boolean {
  return kind === "participation" || kind === "weights-min" || kind === "weights-max";
}
