import { expect, test } from "vitest";
import { fingerprints } from "../same-bits/fingerprints.ts";

// Pinned for good: a change of one bit anywhere in the packages is a change that users must be told of.
const PINNED = {
  prices: "c29375a3",
  normals: "de4ef22e",
  sines: "facc0c97",
  covariance: "001e1dfc",
  cholesky: "2c5531eb",
  eigenvalues: "1787a366",
  weights: "054eb6ed",
  scenarios: "0068270c",
  filter: "b2703197",
  volatility: "acd03271",
  carry: "290cb9ac",
  performance: "76f18c64",
  backtest: "537396f2",
  funding: "203409cc",
  simulatedVar: "3529f82d",
  historicalVar: "cd4e4405",
  analyticVar: "1521bc1f",
  decomposition: "526c5583",
  varBacktest: "d3d7e572",
  stress: "80bf79d7",
  sharpe: "8b8a3f9e",
  sizing: "acba607a",
  limits: "ad57b8fd",
  hedge: "9fa54493",
  special: "7ece35b2",
  quantiles: "55cf6b51",
  product: "62f65e6e",
  ldl: "6af37b95",
  qr: "dc8e2b22",
  svd: "b718c0c2",
  leastSquares: "4a3c296f",
  shrunk: "ccbf5d4b",
  weighted: "2a079a7f",
  robust: "b78ca8f7",
  factors: "2da32a53",
  online: "001e1dfc",
  nearest: "c77ce478",
  studentT: "ba206244",
  philox: "2915a451",
  sobol: "f68e65f1",
  windows: "ff91d3fe",
  order: "96565aa7",
  statistics: "f0a8f6b3",
};

test("seed 'astra' gives the bits it always gave", () => {
  expect(fingerprints("astra")).toEqual(PINNED);
});
