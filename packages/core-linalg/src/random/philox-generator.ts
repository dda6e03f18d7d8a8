import { log } from "../special/log.ts";
import { cos, sin } from "../special/trigonometric.ts";
import type { Draw } from "./draw.ts";
import type { Generator } from "./generator.ts";
import { type Law, numberOf } from "./law.ts";
import { philox4x32 } from "./philox.ts";
import type { IntegerArray } from "./random-source.ts";
import { unitOf } from "./squares.ts";
import type { Word } from "./word.ts";

const TWO_PI = 6.283185307179586;

/** The two 64-bit words of a block. */
class Block {
  readonly #words = new Uint32Array(4);
  readonly #word: Word = { high: 0, low: 0 };

  fill(index: number, stream: number, turn: number, key: Word): void {
    this.#words[0] = index;
    this.#words[1] = Math.floor(index / 2 ** 32);
    this.#words[2] = stream;
    this.#words[3] = turn;
    philox4x32(this.#words, key);
  }

  word(which: number): Word {
    this.#word.low = this.#words[2 * which]!;
    this.#word.high = this.#words[2 * which + 1]!;
    return this.#word;
  }
}

/**
 * A draw of Philox. Draws 2j and 2j + 1 share a block: its two words are their uniforms, and the two normals of Box and
 * Muller from these are their normals. Whatever a draw needs beyond comes from blocks of its own, one a number.
 */
class PhiloxDraw implements Draw {
  readonly #key: Word;
  readonly #shared: Block = new Block();
  readonly #own: Block = new Block();
  #sharedIndex = -1;
  #sharedStream = -1;
  #index = 0;
  #stream = 0;
  #turn = 0;

  constructor(key: Word) {
    this.#key = key;
  }

  begin(stream: number, index: number): void {
    this.#stream = stream;
    this.#index = index;
    this.#turn = 0;
    const pair = Math.floor(index / 2);
    if (pair === this.#sharedIndex && stream === this.#sharedStream) return;
    this.#sharedIndex = pair;
    this.#sharedStream = stream;
    this.#shared.fill(pair, stream, 0, this.#key);
  }

  bits(): number {
    return this.#next().high;
  }

  uniform(): number {
    return unitOf(this.#next());
  }

  // z = √(−2 log u₀) (cos 2πu₁, sin 2πu₁)
  normal(): number {
    const which = this.#turn === 0 ? this.#index % 2 : 0;
    const block = this.#advance();
    const radius = Math.sqrt(-2 * log(unitOf(block.word(0))));
    const angle = TWO_PI * unitOf(block.word(1));
    return radius * (which === 0 ? cos(angle) : sin(angle));
  }

  #next(): Word {
    const which = this.#turn === 0 ? this.#index % 2 : 0;
    return this.#advance().word(which);
  }

  #advance(): Block {
    const turn = this.#turn++;
    if (turn === 0) return this.#shared;
    this.#own.fill(this.#index, this.#stream, turn, this.#key);
    return this.#own;
  }
}

/** Philox4x32-10 and Box–Muller. A counter is the block's number (64 bits), the stream's and the turn's (32 each). */
export class PhiloxGenerator implements Generator {
  readonly #draw: PhiloxDraw;

  constructor(key: Word) {
    this.#draw = new PhiloxDraw(key);
  }

  draw(law: Law, stream: number, index: number): number {
    this.#draw.begin(stream, index);
    return numberOf(law, this.#draw);
  }

  fill(law: Law, out: IntegerArray, stream: number, index: number, every: number): void {
    for (let i = 0; i < out.length; i++) out[i] = this.draw(law, stream, index + i * every);
  }
}
