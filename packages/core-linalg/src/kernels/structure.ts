import { allocate, copyIn, doublesAt, sharedMemory } from "./arena.ts";

type Field = number | Int32Array | Float64Array;

/** What a kernel reads as one structure: 32-bit words in the order of `names`, each a count or the address of an array. */
export interface Structure<Name extends string> {
  readonly names: readonly Name[];
  readonly fields: Readonly<Record<Name, Field>>;
}

const WORD = 4;
const DOUBLE = 8;

/** A structure in the arena, until the arena gives its place to others. */
export class Placed<Name extends string> {
  readonly address: number;
  readonly #structure: Structure<Name>;
  readonly #words: readonly number[];

  /** Makes room; nothing is written yet, since views last only until the next of these. */
  constructor(structure: Structure<Name>) {
    const { names, fields } = structure;
    this.#structure = structure;
    this.address = allocate(Math.ceil((names.length * WORD) / DOUBLE));
    this.#words = names.map((name) => {
      const field = fields[name];
      return typeof field === "number" ? field : allocate(doublesOf(field));
    });
  }

  /** Writes the words: counts, and where the arrays lie. */
  begin(): void {
    integersAt(this.address, this.#words.length).set(this.#words);
  }

  /** Copies an array in. */
  send(name: Name): void {
    const field = this.#structure.fields[name];
    if (field instanceof Float64Array) copyIn(this.#addressOf(name), field);
    else if (typeof field !== "number") integersAt(this.#addressOf(name), field.length).set(field);
  }

  /** Copies an array out. */
  fetch(name: Name): void {
    const field = this.#structure.fields[name];
    if (field instanceof Float64Array) field.set(doublesAt(this.#addressOf(name), field.length));
    else if (typeof field !== "number") field.set(integersAt(this.#addressOf(name), field.length));
  }

  #addressOf(name: Name): number {
    return this.#words[this.#structure.names.indexOf(name)]!;
  }
}

function integersAt(address: number, count: number): Int32Array {
  return new Int32Array(sharedMemory().buffer, address, count);
}

function doublesOf(array: Int32Array | Float64Array): number {
  return array instanceof Float64Array ? array.length : Math.ceil((array.length * WORD) / DOUBLE);
}
