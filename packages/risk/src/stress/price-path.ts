import { createRandom, Matrix, multivariateNormal, type Panel, toMatrix } from "@astra-quant/core-linalg";
import {
  QuantError,
  requireFiniteMatrix,
  requireInteger,
  requireKnownOptions,
  requireOneOf,
  show,
} from "@astra-quant/core-linalg/guards";
import { requireCholesky } from "../var/covariance.ts";
import type {
  CrisisScenario,
  HistoricalScenario,
  PathScenario,
  ShockScenario,
  StressScenario,
} from "./scenario.ts";
import { shockReturns } from "./shocks.ts";
import { type Positions, requireCovariance, requireExposures } from "./stress-book.ts";
import { stressedCovariance } from "./stressed-covariance.ts";

/** How a crisis is drawn out. */
export interface CrisisOptions {
  /** The whole fall at once, on one day. @defaultValue false */
  readonly instantaneous?: boolean;
  /** Asks for noise around the fall, at the stressed volatility and correlations: the same seed, the same path. */
  readonly seed?: string | number;
  /**
   * Noise that is back at the stated fall on the last day (a bridge, so the crisis costs what it says), or noise that is
   * free to end elsewhere.
   *
   * @defaultValue "bridge"
   */
  readonly noise?: "bridge" | "free";
}

/** Prices of days × assets over those before the scenario, ≥ 0, and why each asset moved. */
export interface PricePath {
  readonly name: string;
  readonly prices: Matrix;
  readonly reasons: readonly string[];
}

const MARKET = ["name", "volatilityMultiple", "correlation"];
/** Forty years: a crisis has a last day. */
const MOST_DAYS = 10_000;

/** Prices after each day's returns; none falls below 0, and what is at 0 stays there. */
function compounded(returns: Matrix): Matrix {
  const { rows, columns } = returns;
  const prices = Matrix.zeros(rows, columns);
  for (let t = 0; t < rows; t++) {
    for (let i = 0; i < columns; i++) {
      const before = t === 0 ? 1 : prices.data[(t - 1) * columns + i]!;
      prices.data[t * columns + i] = Math.max(0, before * (1 + returns.data[t * columns + i]!));
    }
  }
  return prices;
}

function requireDays(name: string, matrix: Matrix, book: Positions): Matrix {
  if (matrix.columns !== book.assets.length && matrix.rows > 0) {
    throw new QuantError(
      "shape",
      `${name} must have ${book.assets.length} columns, one an asset, got ${matrix.columns}`,
      { argument: name },
    );
  }
  if (matrix.rows > 0) return matrix;
  throw new QuantError("shape", `${name} must have at least one day, got 0`, { argument: name });
}

function ofShock(scenario: ShockScenario, book: Positions): PricePath {
  const { returns, reasons } = shockReturns(scenario, book);
  return {
    name: scenario.name ?? "shock",
    prices: compounded(new Matrix(1, returns.length, returns)),
    reasons,
  };
}

/** A list of shocks is a list of objects that are no rows of numbers. */
function isShockList(path: PathScenario["path"]): path is readonly ShockScenario[] {
  return Array.isArray(path) && path.length > 0 && !Array.isArray(path[0]) && !ArrayBuffer.isView(path[0]);
}

/** The risk of a scenario is measured under one market, that of the whole path. */
function requireNoMarket(shock: ShockScenario, day: number): void {
  const own = (["volatilityMultiple", "correlation"] as const).find((name) => shock?.[name] !== undefined);
  if (own === undefined) return;
  throw new QuantError("option", `${own} is for the whole path, not for path[${day}]`, {
    argument: own,
    day,
  });
}

function ofPath(scenario: PathScenario, book: Positions): PricePath {
  requireKnownOptions(scenario, [...MARKET, "path"], "scenario");
  const { path, name = "path" } = scenario;
  if (!isShockList(path)) {
    const returns = requireDays("path", requireFiniteMatrix("path", path), book);
    return { name, prices: compounded(returns), reasons: book.assets.map(() => "path") };
  }
  path.forEach(requireNoMarket);
  const days = path.map((shock) => shockReturns(shock, book));
  const reasons = book.assets.map((_, i) =>
    [...new Set(days.map((day) => day.reasons[i]!))].filter((reason) => reason !== "unmoved").join(", then "),
  );
  return {
    name,
    prices: compounded(Matrix.fromRows(days.map((day) => day.returns))),
    reasons: reasons.map((reason) => reason || "unmoved"),
  };
}

/** Sums of daily noise of days × assets; a bridge ends at 0. */
function noiseOf(scenario: CrisisScenario, book: Positions, days: number, options: CrisisOptions): Matrix {
  const { seed, noise = "bridge" } = options;
  requireOneOf("noise", noise, ["bridge", "free"]);
  const n = book.assets.length;
  if (seed === undefined) return Matrix.zeros(days, n);
  const { covariance } = stressedCovariance(requireCovariance(book, "noise"), scenario);
  const sums = multivariateNormal(createRandom(seed), { cholesky: requireCholesky(covariance), count: days });
  for (let k = n; k < sums.data.length; k++) sums.data[k]! += sums.data[k - n]!;
  if (noise === "free") return sums;
  const end = sums.row(days - 1).slice();
  for (let t = 0; t < days; t++) {
    for (let i = 0; i < n; i++) sums.data[t * n + i]! -= end[i]! * ((t + 1) / days);
  }
  return sums;
}

/** price_t = 1 + β · crash · t ÷ days + noise_t, never below 0: the fall is linear in prices. */
function ofCrisis(scenario: CrisisScenario, book: Positions, options: CrisisOptions): PricePath {
  requireKnownOptions(scenario, [...MARKET, "crash", "days", "story"], "scenario");
  const { name, crash } = scenario;
  if (!(typeof crash === "number" && crash >= -1 && crash < 0)) {
    throw new QuantError("range", `crash must be in [-1, 0), got ${show(crash)}`, {
      argument: "crash",
      value: crash,
    });
  }
  const days = options.instantaneous === true ? 1 : requireInteger("days", scenario.days, 1, MOST_DAYS);
  const betas = requireExposures(book, "market");
  const noise = noiseOf(scenario, book, days, options);
  const n = betas.length;
  const prices = Matrix.zeros(days, n);
  for (let t = 0; t < days; t++) {
    const share = (t + 1) / days;
    for (let i = 0; i < n; i++) {
      const before = t === 0 ? 1 : prices.data[(t - 1) * n + i]!;
      const price = 1 + betas[i]! * crash * share + noise.data[t * n + i]!;
      prices.data[t * n + i] = before === 0 ? 0 : Math.max(0, price);
    }
  }
  return { name, prices, reasons: Array.from(betas, (beta) => `beta ${beta} × ${crash}`) };
}

const isPanel = (x: unknown): x is Panel =>
  typeof x === "object" && x !== null && "index" in x && "columns" in x && "values" in x;

/** The returns of the book's assets over the days asked for. */
export function historicalReturns(scenario: HistoricalScenario, book: Positions): Matrix {
  requireKnownOptions(scenario, [...MARKET, "history", "from", "until"], "scenario");
  const { history, from, until } = scenario;
  if (isPanel(history)) {
    const span = history.between(from ?? -8.64e15, until ?? 8.64e15).select(book.assets);
    return requireFiniteMatrix("history", requireDays("history", span.values, book));
  }
  const all = requireDays("history", toMatrix(history), book);
  const first = requireInteger("from", from ?? 0, 0, all.rows);
  const last = requireInteger("until", until ?? all.rows, first, all.rows);
  const rows = last - first;
  const part = all.data.slice(first * all.columns, last * all.columns);
  return requireFiniteMatrix("history", requireDays("history", new Matrix(rows, all.columns, part), book));
}

function ofHistory(scenario: HistoricalScenario, book: Positions): PricePath {
  const returns = historicalReturns(scenario, book);
  const reasons = book.assets.map(() => `${returns.rows} days of history`);
  return { name: scenario.name ?? "history", prices: compounded(returns), reasons };
}

/** What the scenario does to the prices of the book's assets, day by day. */
export function pricePath(scenario: StressScenario, book: Positions, options: CrisisOptions): PricePath {
  if (typeof scenario !== "object" || scenario === null) {
    throw new QuantError("option", `scenario must be an object, got ${show(scenario)}`, {
      argument: "scenario",
    });
  }
  if ("crash" in scenario) return ofCrisis(scenario, book, options);
  if (options.seed !== undefined || options.instantaneous !== undefined || options.noise !== undefined) {
    throw new QuantError("option", "seed, noise and instantaneous are for a crisis", { argument: "options" });
  }
  if ("path" in scenario) return ofPath(scenario, book);
  return "history" in scenario ? ofHistory(scenario, book) : ofShock(scenario, book);
}
