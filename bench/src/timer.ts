import type { Outcome } from "./ladder.ts";

/** Runs a contestant `repetitions` times and tells how long that took, in seconds. */
export type Timer = (repetitions: number) => Promise<number>;

/** The timer of a contestant in this process. Its last outcome is kept, so that no engine may drop the work. */
export function timerOf(run: () => Outcome): Timer {
  const kept: { outcome?: Outcome } = {};
  return (repetitions) => {
    const start = performance.now();
    for (let i = 0; i < repetitions; i++) kept.outcome = run();
    return Promise.resolve((performance.now() - start) / 1000);
  };
}

/** Runs for `seconds` so that engines compile and caches fill, and finds how many repetitions take `target` seconds. */
export async function calibrate(timer: Timer, target: number, seconds: number): Promise<number> {
  let repetitions = 1;
  let perCall = await timer(1);
  for (let spent = perCall; spent < seconds; ) {
    repetitions = Math.max(1, Math.min(1e6, Math.ceil(target / Math.max(perCall, 1e-9))));
    const taken = await timer(repetitions);
    perCall = taken / repetitions;
    spent += taken;
  }
  return Math.max(1, Math.ceil(target / Math.max(perCall, 1e-9)));
}
