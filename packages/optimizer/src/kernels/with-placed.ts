import { inArena } from "@astra-quant/core-linalg/kernels";

type Outcome<T> = { readonly answer: T } | { readonly error: unknown };

/**
 * What `run` gives with what `place` puts into the arena, which is there until `run` returns; undefined, and `run` not
 * called, where there is no memory for it. `leave` has its turn at the end, however that comes.
 */
export function withPlaced<Engine, T>(
  place: () => Engine,
  run: (engine: Engine) => T,
  leave?: (engine: Engine) => void,
): { readonly answer: T } | undefined {
  const outcome = inArena((): Outcome<T> => {
    const engine = place();
    // What `run` throws (a caller's own function may) is not the arena's to judge.
    try {
      return { answer: run(engine) };
    } catch (error) {
      return { error };
    } finally {
      leave?.(engine);
    }
  });
  if (outcome !== undefined && "error" in outcome) throw outcome.error;
  return outcome;
}
