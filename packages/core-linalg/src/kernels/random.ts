import type { Keys } from "../random/seed.ts";
import { squares64, unitOf } from "../random/squares.ts";
import { addWord, type Word } from "../random/word.ts";
import { normalOf, zigguratTables } from "../random/ziggurat.ts";
import { allocate, copyIn, copyOut, inArena } from "./arena.ts";
import { randomWasm } from "./generated/random.ts";
import { lazyKernel } from "./load-kernel.ts";

interface RandomKernel {
  fillUniform(
    out: number,
    count: number,
    counterHigh: number,
    counterLow: number,
    keyHigh: number,
    keyLow: number,
  ): void;
  fillNormal(
    out: number,
    count: number,
    counterHigh: number,
    counterLow: number,
    keyHigh: number,
    keyLow: number,
    chainKeyHigh: number,
    chainKeyLow: number,
    tables: number,
  ): void;
}

const kernel: () => RandomKernel | undefined = lazyKernel<RandomKernel>(randomWasm);

/** The two laws that a kernel can fill an array with. */
export type Law = "uniform" | "normal";

const SMALL = 16;
/** Draws a call: the stretch of the arena that stays in the first cache. */
const STRETCH = 2048;
const ONE: Word = { high: 0, low: 1 };

/** One draw a counter, beginning at `start`, in readable form; the WebAssembly equals it in every bit. */
export function fillRandomTypescript(law: Law, out: Float64Array, start: Word, keys: Keys): void {
  const counter: Word = { high: start.high, low: start.low };
  const word: Word = { high: 0, low: 0 };
  for (let i = 0; i < out.length; i++) {
    squares64(counter, keys.main, word);
    out[i] = law === "uniform" ? unitOf(word) : normalOf(word, keys.chain);
    addWord(counter, ONE);
  }
}

/** False where WebAssembly or the memory for it is not to be had; `out` is then untouched. */
export function fillRandomWebassembly(law: Law, out: Float64Array, start: Word, keys: Keys): boolean {
  const wasm = kernel();
  if (wasm === undefined) return false;
  const { main, chain } = keys;
  const filled = inArena(() => {
    const stretch = allocate(STRETCH);
    const tables = allocate(zigguratTables().length);
    copyIn(tables, zigguratTables());
    const counter: Word = { high: start.high, low: start.low };
    for (let done = 0; done < out.length; done += STRETCH) {
      const target = out.subarray(done, done + STRETCH);
      const count = target.length;
      if (law === "uniform") wasm.fillUniform(stretch, count, counter.high, counter.low, main.high, main.low);
      else {
        wasm.fillNormal(
          stretch,
          count,
          counter.high,
          counter.low,
          main.high,
          main.low,
          chain.high,
          chain.low,
          tables,
        );
      }
      copyOut(stretch, target);
      addWord(counter, { high: 0, low: count });
    }
    return true;
  });
  return filled ?? false;
}

export function fillRandom(law: Law, out: Float64Array, start: Word, keys: Keys): void {
  if (out.length < SMALL || !fillRandomWebassembly(law, out, start, keys)) {
    fillRandomTypescript(law, out, start, keys);
  }
}
