import { QuantError, show } from "../guards/quant-error.ts";
import { normalQuantile } from "../special/normal.ts";
import type { Draw } from "./draw.ts";
import { type Law, numberOf } from "./law.ts";
import { LawfulSource } from "./lawful-source.ts";
import type { IntegerArray, RandomSource } from "./random-source.ts";

/** What a seedrandom generator looks like from outside. */
export interface SeedrandomLike {
  double(): number;
  int32(): number;
}

const CELLS = 2 ** 52;

/** 52 of the generator's 53 bits, centred in their cell, so that 0 never comes. */
class SeedrandomDraw implements Draw {
  readonly #generator: SeedrandomLike;

  constructor(generator: SeedrandomLike) {
    this.#generator = generator;
  }

  bits(): number {
    return this.#generator.int32() >>> 0;
  }

  uniform(): number {
    return (Math.floor(this.#generator.double() * CELLS) + 0.5) / CELLS;
  }

  normal(): number {
    return normalQuantile(this.uniform());
  }
}

class SeedrandomSource extends LawfulSource {
  readonly #draw: SeedrandomDraw;

  constructor(generator: SeedrandomLike) {
    super();
    this.#draw = new SeedrandomDraw(generator);
  }

  protected draw(law: Law): number {
    return numberOf(law, this.#draw);
  }

  protected fill<Out extends IntegerArray>(law: Law, out: Out): Out {
    for (let i = 0; i < out.length; i++) out[i] = numberOf(law, this.#draw);
    return out;
  }
}

function isSeedrandom(x: unknown): x is SeedrandomLike {
  const { double, int32 } = (typeof x === "function" ? x : {}) as Partial<SeedrandomLike>;
  return typeof double === "function" && typeof int32 === "function";
}

/**
 * A source over a seedrandom generator, which moves on with every number; a {@link RandomSource} is given back as it
 * is. Uniforms are 52 bits of `double()`, normals the normal quantile of one uniform each; a rejecting law takes as many
 * as it needs. What is lost against {@link createRandom} is all that counters give: no fork, no state of ours, and no
 * part of a simulation can be drawn without what comes before it. The functions that take a `random` take a seedrandom
 * generator as it stands.
 *
 * @throws QuantError "option" for anything else.
 */
export function randomFrom(generator: RandomSource | SeedrandomLike): RandomSource {
  return requireRandom("random", generator, "fillNormal");
}

/** The argument as a source that has the methods asked for. */
export function requireRandom(
  name: string,
  random: RandomSource | SeedrandomLike,
  ...methods: readonly (keyof RandomSource)[]
): RandomSource {
  if (isSeedrandom(random)) return new SeedrandomSource(random);
  const source = random as Partial<RandomSource> | null | undefined;
  if (methods.every((method) => typeof source?.[method] === "function")) return source as RandomSource;
  throw new QuantError("option", `${name} must be a generator, got ${show(random)}`, { argument: name });
}
