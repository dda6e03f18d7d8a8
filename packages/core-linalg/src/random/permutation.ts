import { requireInteger } from "../guards/numbers.ts";
import { requireKnownOptions } from "../guards/options.ts";
import { QuantError, show } from "../guards/quant-error.ts";
import type { RandomSource } from "./random-source.ts";
import { requireRandom, type SeedrandomLike } from "./seedrandom-source.ts";

const LARGEST = 2 ** 31 - 1;

/**
 * The indices 0 … size − 1 in random order, every order equally likely (Fisher and Yates). Takes size − 1 draws of
 * `random`.
 *
 * @throws QuantError "range" for a size that is no integer in [0, 2³¹), "shape" for an `out` of another length, "option"
 *   for a `random` that is no generator.
 */
export function permutation(
  random: RandomSource | SeedrandomLike,
  size: number,
  options: { readonly out?: Int32Array } = {},
): Int32Array {
  requireKnownOptions(options, ["out"]);
  const source = requireRandom("random", random, "integer");
  requireInteger("size", size, 0, LARGEST);
  const { out = new Int32Array(size) } = options;
  if (!(out instanceof Int32Array) || out.length !== size) {
    throw new QuantError("shape", `out must be an Int32Array of ${size} entries, got ${show(out)}`, {
      argument: "out",
      expected: size,
    });
  }
  for (let i = 0; i < size; i++) out[i] = i;
  for (let i = size - 1; i > 0; i--) {
    const j = source.integer(i + 1);
    const last = out[i]!;
    out[i] = out[j]!;
    out[j] = last;
  }
  return out;
}
