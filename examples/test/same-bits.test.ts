import { expect, test } from "vitest";
import { fingerprints } from "../same-bits/fingerprints.ts";

// Pinned for good: a change of one bit anywhere in the packages is a change that users must be told of.
const PINNED = {
  prices: "3fb5def8",
  normals: "854f1405",
  sines: "facc0c97",
  covariance: "f96e80ab",
  cholesky: "115823dc",
  eigenvalues: "e46ff2d5",
  weights: "1ce06438",
  scenarios: "efebfc77",
  filter: "3ae5d68d",
  volatility: "e0c86a54",
  carry: "e14578fc",
  performance: "bd5415c6",
  backtest: "e01a54b3",
  funding: "203409cc",
};

test("seed 'astra' gives the bits it always gave", () => {
  expect(fingerprints("astra")).toEqual(PINNED);
});
