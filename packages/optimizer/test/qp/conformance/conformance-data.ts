import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { RawCase, Sequence } from "../stored-cases.ts";

/** A raw case, with what the data say of it beside its numbers. */
export interface ConformanceCase extends RawCase {
  readonly group?: string;
  /** Its count depends on rounding: only the status is compared. */
  readonly roundingSensitive?: boolean;
}

/** A problem of the Maros–Mészáros set. */
export interface MarosMeszaros extends ConformanceCase {
  readonly n: number;
  readonly m: number;
  /** To be added to an objective before it is compared with the optimum. */
  readonly objectiveConstant: number;
  readonly optimum: { readonly objective: number; readonly accuracy: number };
}

export interface ConformanceData {
  /** Where the data are from, in words. */
  readonly origin: string;
  /** What is not there to be looked at. */
  readonly skipped: readonly string[];
  readonly raw: readonly ConformanceCase[];
  readonly sequences: readonly Sequence[];
  readonly marosMeszaros: readonly MarosMeszaros[];
}

/** The full data where they lie beside the project, otherwise the project's own copy of some. */
export function conformanceData(): ConformanceData {
  const full = fileURLToPath(new URL("../../../../../../shared/golden/qp", import.meta.url));
  return existsSync(join(full, "raw.json")) ? fullData(full) : ownData();
}

// biome-ignore lint/suspicious/noExplicitAny: each file has a shape of its own
function read(...path: readonly string[]): any {
  return JSON.parse(readFileSync(join(...path), "utf8"));
}

function fullData(folder: string): ConformanceData {
  const problems = readdirSync(folder).filter((name) => name.startsWith("mm-"));
  return {
    origin: "golden/qp, whole",
    skipped: [],
    raw: read(folder, "raw.json").cases,
    sequences: read(folder, "raw-sequences.json").sequences,
    marosMeszaros: problems.sort().map((name) => read(folder, name)),
  };
}

/** What the project carries with it. */
export function ownData(): ConformanceData {
  const folder = fileURLToPath(new URL("../fixtures", import.meta.url));
  return {
    origin: "the project's own copy of a few cases",
    skipped: ["most raw cases and sequences", "the Maros–Mészáros problems with their optima"],
    raw: read(folder, "qp.json").cases,
    sequences: read(folder, "qp-sequences.json").sequences,
    marosMeszaros: [],
  };
}
