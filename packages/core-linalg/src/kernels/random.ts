import { type Law, numberOf } from "../random/law.ts";
import type { IntegerArray } from "../random/random-source.ts";
import type { Keys } from "../random/seed.ts";
import { SquaresDraw } from "../random/squares-draw.ts";
import { addWord, type Word } from "../random/word.ts";
import { zigguratTables } from "../random/ziggurat.ts";
import { allocate, copyIn, doublesAt, inArena } from "./arena.ts";
import { randomWasm } from "./generated/random.ts";
import { lazyKernel } from "./load-kernel.ts";

interface RandomKernel {
  begin(
    counterHigh: number,
    counterLow: number,
    every: number,
    keyHigh: number,
    keyLow: number,
    chainKeyHigh: number,
    chainKeyLow: number,
    tables: number,
  ): void;
  fillUniform(out: number, count: number): void;
  fillExponential(out: number, count: number): void;
  fillInteger(out: number, count: number, below: number): void;
  fillNormal(out: number, count: number): void;
  fillGamma(out: number, count: number, shape: number, scale: number, work: number): void;
  fillStudentT(out: number, count: number, degreesOfFreedom: number): void;
}

const kernel: () => RandomKernel | undefined = lazyKernel<RandomKernel>(randomWasm);

const SMALL = 16;
/** Draws a call: the stretch of the arena that stays in the first cache. */
const STRETCH = 2048;

/**
 * Draws of the counters from `start` on, `every` apart, in readable form; the WebAssembly equals it in every bit.
 */
export function fillRandomTypescript(
  law: Law,
  out: IntegerArray,
  start: Word,
  keys: Keys,
  every: number = 1,
): void {
  const step: Word = { high: 0, low: every };
  const counter: Word = { high: start.high, low: start.low };
  const draw = new SquaresDraw(keys);
  for (let i = 0; i < out.length; i++) {
    draw.begin(counter);
    out[i] = numberOf(law, draw);
    addWord(counter, step);
  }
}

function fillStretch(wasm: RandomKernel, law: Law, out: number, count: number, work: number): void {
  switch (law.name) {
    case "uniform":
      wasm.fillUniform(out, count);
      break;
    case "normal":
      wasm.fillNormal(out, count);
      break;
    case "exponential":
      wasm.fillExponential(out, count);
      break;
    case "integer":
      wasm.fillInteger(out, count, law.below);
      break;
    case "gamma":
      wasm.fillGamma(out, count, law.shape, law.scale, work);
      break;
    case "studentT":
      wasm.fillStudentT(out, count, law.degreesOfFreedom);
      break;
  }
}

/** False where WebAssembly or the memory for it is not to be had; `out` is then untouched. */
export function fillRandomWebassembly(
  law: Law,
  out: IntegerArray,
  start: Word,
  keys: Keys,
  every: number = 1,
): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const { main, chain } = keys;
  const filled = inArena(() => {
    const size = Math.min(STRETCH, out.length);
    const stretch = allocate(size);
    const work = allocate(size);
    const tables = allocate(zigguratTables().length);
    copyIn(tables, zigguratTables());
    const numbers = doublesAt(stretch, size);
    wasm.begin(start.high, start.low, every, main.high, main.low, chain.high, chain.low, tables);
    for (let done = 0; done < out.length; done += STRETCH) {
      const count = Math.min(STRETCH, out.length - done);
      fillStretch(wasm, law, stretch, count, work);
      out.set(count === size ? numbers : numbers.subarray(0, count), done);
    }
    return true;
  });
  return filled ?? false;
}

export function fillRandom(law: Law, out: IntegerArray, start: Word, keys: Keys, every: number = 1): void {
  if (out.length < SMALL || !fillRandomWebassembly(law, out, start, keys, every)) {
    fillRandomTypescript(law, out, start, keys, every);
  }
}
