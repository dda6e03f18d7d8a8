import { erfc } from "../special/error-function.ts";
import { exp } from "../special/exp.ts";
import { log } from "../special/log.ts";
import { unitOf } from "./squares.ts";
import type { Word } from "./word.ts";

const LAYERS = 256;
/** Where the tail begins: the right edge of the lowest layer when 256 layers have equal area. */
const TAIL_START = 3.6541528853610088;
const STEP = 2.220446049250313e-16; // 2⁻⁵²

/**
 * The ziggurat of e^(−x²/2) (Marsaglia and Tsang's method with 52-bit abscissae): 256 widths x_i · 2⁻⁵², 256
 * thresholds x_{i+1} ÷ x_i · 2⁵², 257 densities e^(−x_i²/2), and the tail's start. Layer 0 stands for the strip
 * with the tail.
 */
function buildTables(): Float64Array {
  const density = (x: number): number => exp(-0.5 * x * x);
  const tailArea = 1.2533141373155003 * erfc(TAIL_START * Math.SQRT1_2);
  const area = TAIL_START * density(TAIL_START) + tailArea;
  const edges = new Float64Array(LAYERS + 1);
  edges[0] = area / density(TAIL_START);
  edges[1] = TAIL_START;
  for (let i = 2; i < LAYERS; i++) {
    edges[i] = Math.sqrt(-2 * log(area / edges[i - 1]! + density(edges[i - 1]!)));
  }
  edges[LAYERS] = 0;
  const tables = new Float64Array(3 * LAYERS + 2);
  for (let i = 0; i < LAYERS; i++) {
    tables[i] = edges[i]! * STEP;
    tables[LAYERS + i] = edges[i + 1]! / tables[i]!;
  }
  for (let i = 0; i <= LAYERS; i++) tables[2 * LAYERS + i] = density(edges[i]!);
  tables[3 * LAYERS + 1] = TAIL_START;
  return tables;
}

let built: Float64Array | undefined;

export function zigguratTables(): Float64Array {
  built ??= buildTables();
  return built;
}

/** Where a draw gets its words from, as many as it needs. */
interface Words {
  next(): Word;
}

/** The standard normal behind the next word; a rejected one goes on to those that follow. */
export function normalOf(words: Words): number {
  const tables = zigguratTables();
  for (;;) {
    const word = words.next();
    const layer = word.low & 255;
    const negative = (word.low & 256) !== 0;
    const steps = (word.high & 0x1fffffff) * 8388608 + (word.low >>> 9);
    const x = steps * tables[layer]!;
    if (steps < tables[LAYERS + layer]!) return negative ? -x : x;
    if (layer === 0) return tailOf(negative, words);
    const below = tables[2 * LAYERS + layer]!;
    const height = below + unitOf(words.next()) * (tables[2 * LAYERS + layer + 1]! - below);
    if (height < exp(-0.5 * x * x)) return negative ? -x : x;
  }
}

/** Beyond the last layer, by Marsaglia's exponential rejection. */
function tailOf(negative: boolean, words: Words): number {
  for (;;) {
    const beyond = -log(unitOf(words.next())) / TAIL_START;
    const height = -log(unitOf(words.next()));
    if (height + height > beyond * beyond) return negative ? -(TAIL_START + beyond) : TAIL_START + beyond;
  }
}
