import fc from "fast-check";

/**
 * Property tests draw the same cases on every run, so that a failure is the change's and not the day's. `FC_SEED=random`
 * draws others, any number draws its own, and `FC_RUNS` draws more.
 */
const { FC_SEED = "20260101", FC_RUNS } = process.env;

fc.configureGlobal({
  ...(FC_SEED === "random" ? {} : { seed: Number(FC_SEED) }),
  ...(FC_RUNS === undefined ? {} : { numRuns: Number(FC_RUNS) }),
});
