import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions, requireOneOf } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { GENERATOR_NAMES, type Generator, type GeneratorName } from "./generator.ts";
import { type Law, NORMAL } from "./law.ts";
import { LawfulSource } from "./lawful-source.ts";
import { PhiloxGenerator } from "./philox-generator.ts";
import type { IntegerArray } from "./random-source.ts";
import { type Keys, keyFromHex, keysFromSeed, keysFromText } from "./seed.ts";
import { SquaresGenerator } from "./squares-generator.ts";
import { type Word, wordToHex } from "./word.ts";

const STREAMS = 2 ** 24;
const DRAWS = 2 ** 40;

/** Where a generator stands, as plain JSON. */
export interface RandomState {
  readonly version: 1;
  /** @defaultValue "squares64", the only generator of states that do not name theirs */
  readonly generator?: GeneratorName;
  /** 16 hexadecimal digits. */
  readonly key: string;
  /** 16 hexadecimal digits. */
  readonly chainKey: string;
  readonly stream: number;
  /** Draws taken so far. */
  readonly index: number;
}

function requireKey(name: string, digits: unknown): Word {
  const key = keyFromHex(digits);
  if (key !== undefined) return key;
  throw new QuantError("data", `${name} must be the 16 hexadecimal digits of a key, got ${show(digits)}`, {
    argument: name,
    value: digits,
  });
}

export interface RandomOptions {
  /**
   * - `squares64`: Widynski's squares and a ziggurat for the normals; the faster one
   * - `philox`: Philox4x32-10 and the normals of Box and Muller; the one with a pedigree
   *
   * @defaultValue "squares64"
   */
  readonly generator?: GeneratorName;
}

function generatorUnder(keys: Keys, name: GeneratorName): Generator {
  return name === "philox" ? new PhiloxGenerator(keys.main) : new SquaresGenerator(keys);
}

/**
 * A counter-based generator: draw i of stream k depends on (seed, k, i) and its law alone, so any part of a simulation
 * can compute its own numbers, and the bits are the same on every engine. A number of any law takes one draw; where a
 * law rejects, it goes on to words that belong to that draw.
 */
export class Random extends LawfulSource {
  readonly #keys: Keys;
  readonly #stream: number;
  #index: number;
  readonly #name: GeneratorName;
  readonly #generator: Generator;

  /** @internal Use {@link createRandom}, {@link Random.from} or {@link Random.fork}. */
  constructor(keys: Keys, stream: number, index: number, name: GeneratorName) {
    super();
    this.#keys = keys;
    this.#stream = stream;
    this.#index = index;
    this.#name = name;
    this.#generator = generatorUnder(keys, name);
  }

  /**
   * An independent generator at its beginning, determined by this one's seed and the fork's number or name alone;
   * how many draws were taken from this one does not matter, and this one does not move.
   */
  fork(stream: number | string): Random {
    const path = `${wordToHex(this.#keys.main)}/${this.#stream}/`;
    if (typeof stream === "string") {
      return new Random(keysFromText(`${path}name:${stream}`), 0, 0, this.#name);
    }
    requireInteger("stream", stream, 0, STREAMS - 2);
    const keys = this.#stream === 0 ? this.#keys : keysFromText(`${path}forks`);
    return new Random(keys, stream + 1, 0, this.#name);
  }

  /** Moves on by `count` draws, whose numbers are not computed: a part of a simulation begins where it would. */
  skip(count: number): this {
    this.#take(requireInteger("count", count, 0, DRAWS));
    return this;
  }

  /**
   * @internal Rows of one chi-square and n normals each, as single draws one row after the other would give them, n
   *   being `normals.length ÷ chiSquares.length`.
   */
  fillRows(chiSquares: Float64Array, normals: Float64Array, degreesOfFreedom: number): void {
    const rows = chiSquares.length;
    const n = normals.length / rows;
    const start = this.#take(rows * (n + 1));
    const law: Law = { name: "gamma", shape: 0.5 * degreesOfFreedom, scale: 2 };
    this.#generator.fill(law, chiSquares, this.#stream, start, n + 1);
    const all = new Float64Array(rows * (n + 1));
    this.#generator.fill(NORMAL, all, this.#stream, start, 1);
    for (let t = 0; t < rows; t++) {
      const first = t * (n + 1) + 1;
      normals.set(all.subarray(first, first + n), t * n);
    }
  }

  /** A snapshot to go on from with {@link Random.from}. */
  get state(): RandomState {
    return {
      version: 1,
      generator: this.#name,
      key: wordToHex(this.#keys.main),
      chainKey: wordToHex(this.#keys.chain),
      stream: this.#stream,
      index: this.#index,
    };
  }

  /**
   * The generator that goes on exactly where the state was taken.
   *
   * @throws QuantError naming the field that is not what this version writes.
   */
  static from(state: RandomState): Random {
    if (typeof state !== "object" || state === null || state.version !== 1) {
      throw new QuantError("data", `state must be a generator's state of version 1, got ${show(state)}`, {
        state,
      });
    }
    return new Random(
      { main: requireKey("state.key", state.key), chain: requireKey("state.chainKey", state.chainKey) },
      requireInteger("state.stream", state.stream, 0, STREAMS - 1),
      requireInteger("state.index", state.index, 0, DRAWS),
      requireOneOf("state.generator", state.generator ?? "squares64", GENERATOR_NAMES),
    );
  }

  protected draw(law: Law): number {
    return this.#generator.draw(law, this.#stream, this.#take(1));
  }

  protected fill<Out extends IntegerArray>(law: Law, out: Out): Out {
    this.#generator.fill(law, out, this.#stream, this.#take(out.length), 1);
    return out;
  }

  /** Where the next `count` draws begin. */
  #take(count: number): number {
    const index = this.#index;
    if (index + count > DRAWS) {
      throw new QuantError("range", "a stream has 2^40 draws; fork another one", { index });
    }
    this.#index += count;
    return index;
  }
}

/** A generator from any string or finite number. Nothing here reads a clock or a global generator. */
export function createRandom(seed: string | number, options: RandomOptions = {}): Random {
  requireKnownOptions(options, ["generator"]);
  const { generator = "squares64" } = options;
  return new Random(keysFromSeed(seed), 0, 0, requireOneOf("generator", generator, GENERATOR_NAMES));
}
