/** The desk's universe with what the simulator anchors on: the deck's marks of 2026-02-04 and its book. */
export interface DeckAsset {
  readonly asset: string;
  readonly sector: "technology" | "banks";
  /** Shares held; negative is short. */
  readonly shares: number;
  /** The deck's mark in dollars: its printed notional ÷ shares. */
  readonly mark: number;
  /** Sensitivity to the market. */
  readonly beta: number;
  /** Daily volatility of what is the asset's own, as a fraction. */
  readonly ownVolatility: number;
  /** Expected return a year beyond the market's share, as a fraction. */
  readonly drift: number;
}

export const DECK: readonly DeckAsset[] = [
  {
    asset: "AAPL",
    sector: "technology",
    shares: 1500,
    mark: 415522 / 1500,
    beta: 1.15,
    ownVolatility: 0.01,
    drift: 0.02,
  },
  {
    asset: "MSFT",
    sector: "technology",
    shares: 1000,
    mark: 416,
    beta: 1.05,
    ownVolatility: 0.009,
    drift: -0.04,
  },
  {
    asset: "GOOGL",
    sector: "technology",
    shares: 800,
    mark: 333.04,
    beta: 1.1,
    ownVolatility: 0.012,
    drift: 0.12,
  },
  {
    asset: "JPM",
    sector: "banks",
    shares: -1200,
    mark: 381868 / 1200,
    beta: 1.0,
    ownVolatility: 0.008,
    drift: 0.06,
  },
  { asset: "GS", sector: "banks", shares: -500, mark: 914.14, beta: 1.25, ownVolatility: 0.009, drift: 0.1 },
  {
    asset: "MS",
    sector: "banks",
    shares: -1000,
    mark: 180.745,
    beta: 1.2,
    ownVolatility: 0.009,
    drift: 0.03,
  },
];

/** The benchmark's close on the same day. */
export const BENCHMARK = { asset: "SPY", mark: 686.19 } as const;

/** The 3-month bill on that day, in percent as ^IRX is quoted. */
export const BASE_RATE_PERCENT = 3.595;

/** The last day of the simulated history. */
export const LAST_DAY: string = "2026-02-04";
