import {
  factorTypescript,
  fetchFactor,
  type Ldl,
  Placed,
  type PlacedLdl,
  placeLdl,
  sendFactor,
  sendMatrix,
} from "@astra-quant/core-linalg/kernels";
import { PIVOT_TOLERANCE, positivePivots } from "./ldl.ts";
import { measureTypescript, SCRATCH, SPLITTING_FIELDS, type Splitting, stepTypescript } from "./splitting.ts";
import { type SplittingModule, splittingModule } from "./splitting-module.ts";
import { withPlaced } from "./with-placed.ts";

/** What runs the hot part of the method; the iterate and the figures are in the arrays after each call. */
export interface Engine {
  /** Takes over the penalties and factors: how many pivots are positive, −1 when one is zero. */
  factor(): number;
  iterate(sigma: number, alpha: number, count: number): void;
  measure(): void;
}

/** The readable engine; the WebAssembly equals it in every bit. */
export function typescriptEngine(ldl: Ldl, splitting: Splitting): Engine {
  return {
    factor: () => {
      writePenalties(ldl, splitting);
      return factorTypescript(ldl, PIVOT_TOLERANCE) < 0 ? positivePivots(ldl) : -1;
    },
    iterate: (sigma, alpha, count) => {
      for (let k = 0; k < count; k++) stepTypescript(ldl, splitting, sigma, alpha);
    },
    measure: () => measureTypescript(splitting),
  };
}

/** Writes −1/ρ on K's diagonal. */
export function writePenalties(ldl: Ldl, { penaltyPlaces, inverseRho }: Splitting): void {
  for (let i = 0; i < inverseRho.length; i++) ldl.upperValues[penaltyPlaces[i]!] = -inverseRho[i]!;
}

/** Holds the arrays in the arena, and brings back what each call changes. */
class WebassemblyEngine implements Engine {
  readonly #wasm: SplittingModule;
  readonly #factor: Ldl;
  readonly #ldl: PlacedLdl;
  readonly #splitting: Placed<keyof Splitting>;
  #refactored = false;

  constructor(wasm: SplittingModule, ldl: Ldl, splitting: Splitting) {
    this.#wasm = wasm;
    this.#factor = ldl;
    this.#ldl = placeLdl(ldl);
    this.#splitting = new Placed({ names: SPLITTING_FIELDS, fields: splitting });
    sendFactor(this.#ldl);
    this.#splitting.begin();
    for (const name of SPLITTING_FIELDS) if (!SCRATCH.has(name)) this.#splitting.send(name);
  }

  factor(): number {
    if (!this.#refactored) sendMatrix(this.#ldl);
    this.#splitting.send("rho");
    this.#splitting.send("inverseRho");
    this.#wasm.writePenalties(this.#ldl.address, this.#splitting.address);
    this.#refactored = true;
    const failed = this.#wasm.factor(this.#ldl.address, PIVOT_TOLERANCE);
    this.#ldl.fetch("pivots");
    return failed < 0 ? positivePivots(this.#factor) : -1;
  }

  iterate(sigma: number, alpha: number, count: number): void {
    this.#wasm.iterate(this.#ldl.address, this.#splitting.address, sigma, alpha, count);
    for (const name of ["x", "z", "y", "deltaX", "deltaY"] as const) this.#splitting.fetch(name);
  }

  measure(): void {
    this.#wasm.measure(this.#splitting.address);
    this.#splitting.fetch("figures");
  }

  /** Leaves in the arrays the factor that a later engine starts from. */
  leave(): void {
    if (this.#refactored) {
      this.#ldl.fetch("upperValues");
      fetchFactor(this.#ldl);
    }
  }
}

/**
 * What `run` gives with an engine in WebAssembly; undefined, and `run` not called, where that or its memory is not to be
 * had. The engine lives until `run` returns.
 */
export function withWebassembly<T>(
  ldl: Ldl,
  splitting: Splitting,
  run: (engine: Engine) => T,
): { readonly answer: T } | undefined {
  const wasm = splittingModule();
  if (wasm === undefined) return undefined;
  return withPlaced(
    () => new WebassemblyEngine(wasm, ldl, splitting),
    run,
    (engine) => engine.leave(),
  );
}

/** Entries of L below which the readable engine is faster. */
const SMALL = 64;

/** What `run` gives with whichever engine is at hand. */
export function withEngine<T>(ldl: Ldl, splitting: Splitting, run: (engine: Engine) => T): T {
  const fast = ldl.values.length < SMALL ? undefined : withWebassembly(ldl, splitting, run);
  return fast === undefined ? run(typescriptEngine(ldl, splitting)) : fast.answer;
}
