import { QuantError } from "@astra-quant/core-linalg";
import { show } from "@astra-quant/core-linalg/guards";

/** The book that an overlay is put on. */
export interface OverlayBook {
  readonly rows: number;
  readonly columns: number;
  /** Names, or indices from "0" where none were given. */
  readonly assets: readonly string[];
  /** Epoch milliseconds by row, where dates were given. */
  readonly dates?: Float64Array;
  /** Bars in a year. */
  readonly periodsPerYear: number;
  /** The initial capital. */
  readonly capital: number;
}

/** What is known before a bar: everything up to the close of the row before. */
export interface OverlayMoment {
  readonly row: number;
  readonly fillRow: number;
  /** Capital at the close of the row before, money. */
  readonly equity: number;
  /** Weights held at that close, before any trade. Not to be written to. */
  readonly held: Float64Array;
}

/** What a bar brought. */
export interface OverlayBar {
  readonly row: number;
  /** Capital before the bar, money. */
  readonly equity: number;
  /** Weights held over the bar. */
  readonly weights: Float64Array;
  /** The assets' returns over the bar, NaN where one is missing. */
  readonly returns: Float64Array;
  /** Money of the bar before any hedge: price, cost and carry. */
  readonly pnl: number;
}

/** Why an overlay changed what was wanted. */
export interface OverlayNote {
  readonly kind: string;
  readonly reason: string;
  /** The column, if it is about one asset. */
  readonly asset?: number;
  /** Trades at this bar even where the rule of rebalancing would wait. */
  readonly urgent?: boolean;
}

/** What an overlay itself earned over a bar. */
export interface OverlaySettlement {
  /** Money of a hedge that is not among the assets. */
  readonly pnl: number;
  readonly notes?: readonly OverlayNote[];
}

/** An overlay at work in one backtest: it may remember. */
export interface OverlayRun {
  /** Changes the weights wanted for the bar, in place; says why where a reader should know. */
  adjust?(wanted: Float64Array, moment: OverlayMoment): readonly OverlayNote[] | undefined;
  /** Sees what the bar brought, and says what the overlay itself earned. */
  settle?(bar: OverlayBar): OverlaySettlement | undefined;
}

/**
 * Something between what is wanted and what is held: a rule on sizes, a limit, a hedge. Overlays work in the order in
 * which they are listed, before the rule of rebalancing; any object of this shape is one.
 */
export interface Overlay {
  readonly name: string;
  /** Begins anew: an overlay may serve any number of backtests. */
  start(book: OverlayBook): OverlayRun;
}

function isOverlay(x: unknown): x is Overlay {
  if (typeof x !== "object" || x === null) return false;
  return "name" in x && typeof x.name === "string" && "start" in x && typeof x.start === "function";
}

/** The overlays, if each has the shape of one. */
export function requireOverlays(overlays: unknown): readonly Overlay[] {
  if (!Array.isArray(overlays)) {
    throw new QuantError("option", `overlays must be an array of overlays, got ${show(overlays)}`, {
      argument: "overlays",
    });
  }
  return Array.from(overlays as readonly unknown[], (overlay, i) => {
    if (isOverlay(overlay)) return overlay;
    throw new QuantError(
      "option",
      `overlays[${i}] must be an overlay { name, start }, got ${show(overlay)}`,
      {
        argument: "overlays",
        index: i,
      },
    );
  });
}
