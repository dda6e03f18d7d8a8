import { expect, test } from "vitest";
import { fingerprints } from "../same-bits/fingerprints.ts";

// Pinned for good: a change of one bit anywhere in the packages is a change that users must be told of.
const PINNED = {
  prices: "c29375a3",
  normals: "de4ef22e",
  sines: "facc0c97",
  covariance: "d1412af7",
  cholesky: "39b0c2fb",
  eigenvalues: "57fffd79",
  weights: "1e5ecbb7",
  scenarios: "716495d0",
  filter: "fe36d285",
  volatility: "435b9658",
  carry: "127ad305",
  performance: "6022ea4a",
  backtest: "dd6eea78",
  funding: "203409cc",
};

test("seed 'astra' gives the bits it always gave", () => {
  expect(fingerprints("astra")).toEqual(PINNED);
});
