import { QuantError } from "@astra-quant/core-linalg";

/** Work that hands out what a user's function answered, and goes on with it when it is settled. */
export type Steps<Result> = Generator<unknown, Result, unknown>;

function isPromise(x: unknown): x is Promise<unknown> {
  return typeof x === "object" && x !== null && "then" in x && typeof x.then === "function";
}

/** Does all steps at once; `instead` names what waits for promises. */
export function settle<Result>(steps: Steps<Result>, instead = ""): Result {
  for (let step = steps.next(); ; ) {
    if (step.done) return step.value;
    if (isPromise(step.value)) {
      throw new QuantError("option", `fit and evaluate must answer at once, got a promise${instead}`);
    }
    step = steps.next(step.value);
  }
}

/** Does all steps, waiting for each; `between` is called before the next. */
export async function settleAsync<Result>(steps: Steps<Result>, between: () => void): Promise<Result> {
  for (let step = steps.next(); ; ) {
    if (step.done) return step.value;
    const answer = await step.value;
    between();
    step = steps.next(answer);
  }
}
