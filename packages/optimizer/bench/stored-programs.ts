import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { CscMatrix } from "@astra-quant/core-linalg";
import type { QpSettings } from "@astra-quant/optimizer";
import type { Program } from "./programs.ts";

interface StoredMatrix {
  readonly m: number;
  readonly n: number;
  readonly p: number[];
  readonly i: number[];
  readonly x: number[];
}

export interface StoredCase {
  readonly name: string;
  readonly P: StoredMatrix;
  readonly q: number[];
  readonly A: StoredMatrix;
  readonly l: number[];
  readonly u: number[];
  readonly settings?: Partial<QpSettings>;
  readonly expected: { readonly iterations: number };
  /** What the problem is; absent where it is published, and so has a solution. */
  readonly truth?: { readonly status: string };
  /** The count depends on rounding. */
  readonly roundingSensitive?: boolean;
}

const folder = fileURLToPath(new URL("../../../../shared/golden/qp", import.meta.url));

const read = (name: string): unknown => JSON.parse(readFileSync(join(folder, name), "utf8"));

/** The conformance data's problems beyond twenty variables; none where they are not. */
export function conformanceCases(): StoredCase[] {
  if (!existsSync(folder)) return [];
  const { cases } = read("raw.json") as { cases: StoredCase[] };
  return cases.filter(({ q, expected }) => q.length > 20 && expected.iterations > 0);
}

/** The problems of Maros and Mészáros among them; none where they are not. */
export function publishedCases(): StoredCase[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith("mm-"))
    .map((name) => read(name) as StoredCase);
}

const columnsOf = ({ m, n, p, i, x }: StoredMatrix): CscMatrix =>
  CscMatrix.of({
    rows: m,
    columns: n,
    columnPointers: Int32Array.from(p),
    rowIndices: Int32Array.from(i),
    values: Float64Array.from(x),
  });

export function programOf({ P, q, A, l, u }: StoredCase): Program {
  return {
    P: columnsOf(P),
    q: Float64Array.from(q),
    A: columnsOf(A),
    l: Float64Array.from(l),
    u: Float64Array.from(u),
  };
}
