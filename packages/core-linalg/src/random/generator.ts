import type { Law } from "./law.ts";
import type { IntegerArray } from "./random-source.ts";

/** The bit generators by name. */
export type GeneratorName = "squares64" | "philox";

export const GENERATOR_NAMES: readonly GeneratorName[] = ["squares64", "philox"];

/** A counter-based generator under its keys: the draw at any place of any stream, computed from the place alone. */
export interface Generator {
  draw(law: Law, stream: number, index: number): number;
  /** `out.length` draws, beginning at `index` and `every` apart. */
  fill(law: Law, out: IntegerArray, stream: number, index: number, every: number): void;
}
