import { requireInteger } from "../guards/numbers.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import { fillRandom, type Law } from "../kernels/random.ts";
import { type Keys, keyFromHex, keysFromSeed, keysFromText } from "./seed.ts";
import { type Word, wordToHex } from "./word.ts";

/** A counter is the stream's number (24 bits) above the draw's index (40 bits). */
const STREAMS = 2 ** 24;
const DRAWS = 2 ** 40;

/** Where a generator stands, as plain JSON. */
export interface RandomState {
  readonly version: 1;
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

/**
 * A counter-based generator: draw i of stream k depends on (seed, k, i) alone, so any part of a simulation can
 * compute its own numbers, and the bits are the same on every engine. Each uniform or normal takes one draw.
 */
export class Random {
  readonly #keys: Keys;
  readonly #stream: number;
  #index: number;

  /** @internal Use {@link createRandom}, {@link Random.from} or {@link Random.fork}. */
  constructor(keys: Keys, stream: number, index: number) {
    this.#keys = keys;
    this.#stream = stream;
    this.#index = index;
  }

  /** A number strictly between 0 and 1, on a grid of 2⁻⁵². */
  uniform(): number {
    return this.fillUniform(new Float64Array(1))[0]!;
  }

  /** A standard normal (ziggurat). */
  normal(): number {
    return this.fillNormal(new Float64Array(1))[0]!;
  }

  /** Fills and returns `out` with what as many calls of {@link uniform} would give. */
  fillUniform(out: Float64Array): Float64Array {
    return this.#fill("uniform", out);
  }

  /** Fills and returns `out` with what as many calls of {@link normal} would give. */
  fillNormal(out: Float64Array): Float64Array {
    return this.#fill("normal", out);
  }

  /**
   * An independent generator at its beginning, determined by this one's seed and the fork's number or name alone;
   * how many draws were taken from this one does not matter, and this one does not move.
   */
  fork(stream: number | string): Random {
    const path = `${wordToHex(this.#keys.main)}/${this.#stream}/`;
    if (typeof stream === "string") return new Random(keysFromText(`${path}name:${stream}`), 0, 0);
    requireInteger("stream", stream, 0, STREAMS - 2);
    const keys = this.#stream === 0 ? this.#keys : keysFromText(`${path}forks`);
    return new Random(keys, stream + 1, 0);
  }

  /** A snapshot to go on from with {@link Random.from}. */
  get state(): RandomState {
    return {
      version: 1,
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
    );
  }

  #fill(law: Law, out: Float64Array): Float64Array {
    if (!(out instanceof Float64Array)) {
      throw new QuantError("shape", `out must be a Float64Array, got ${show(out)}`, { argument: "out" });
    }
    if (this.#index + out.length > DRAWS) {
      throw new QuantError("range", `a stream has 2^40 draws; fork another one`, { index: this.#index });
    }
    const start: Word = {
      high: this.#stream * 256 + Math.floor(this.#index / 2 ** 32),
      low: this.#index % 2 ** 32,
    };
    fillRandom(law, out, start, this.#keys);
    this.#index += out.length;
    return out;
  }
}

/** A generator from any string or finite number. Nothing here reads a clock or a global generator. */
export function createRandom(seed: string | number): Random {
  return new Random(keysFromSeed(seed), 0, 0);
}
