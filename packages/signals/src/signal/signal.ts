import { Panel, QuantError, type TableLike, type VectorLike } from "@astra-quant/core-linalg";
import { requireKnownOptions, requirePanel, requireTable, show } from "@astra-quant/core-linalg/guards";

/** What the factors look at: panels of the same times and assets, and the market's returns at the same times. */
export interface MarketData {
  /** Levels, times × assets. */
  readonly prices: Panel;
  /** Their simple returns, as many rows: row 0 is NaN. */
  readonly returns: Panel;
  /** The benchmark's simple returns, one a row. */
  readonly market: VectorLike;
}

/**
 * A score for each asset at each time, made of what was known at that time: a factor, a rule of one's own, or scores that
 * a model made elsewhere. Whatever has this shape can be evaluated, standardised, validated and proved causal.
 */
export interface Signal<Data = MarketData> {
  /** What it is called beside others. */
  readonly name: string;
  /** Rows of returns that a first answer needs, where that is known. */
  readonly warmUp?: number;
  /** Times × assets, in the rows and columns of the data's prices; NaN where it says nothing. */
  evaluate(data: Data): TableLike;
}

/** The signal, if it can be evaluated. */
export function requireSignal<Data>(signal: Signal<Data>): Signal<Data> {
  if (typeof signal === "object" && typeof signal?.evaluate === "function") return signal;
  throw new QuantError("shape", `a signal must be an object with an evaluate method, got ${show(signal)}`);
}

/**
 * The panels of several signals by their names, on the times and assets of `data.prices`.
 *
 * @throws QuantError "data" for a name that occurs twice, "shape" for what is no list of signals, prices that are no panel
 *   or an answer of another size.
 */
export function evaluateSignals<Data extends { readonly prices: Panel }>(
  signals: readonly Signal<Data>[],
  data: Data,
): Readonly<Record<string, Panel>> {
  requireKnownOptions(data, Object.keys(data ?? {}), "data");
  const { index, columns } = requirePanel("data.prices", data.prices);
  if (!Array.isArray(signals)) {
    throw new QuantError("shape", `signals must be an array, got ${show(signals)}`, { argument: "signals" });
  }
  const panels: Record<string, Panel> = {};
  for (const signal of signals) {
    const { name } = requireSignal(signal);
    if (typeof name !== "string" || Object.hasOwn(panels, name)) {
      const rule = typeof name === "string" ? "occurs twice" : "must be a string";
      throw new QuantError("data", `signal name ${show(name)} ${rule}`, { name });
    }
    const values = requireTable(`signal ${show(name)}`, signal.evaluate(data));
    if (values.rows !== index.length || values.columns !== columns.length) {
      const [wanted, got] = [`${index.length}×${columns.length}`, `${values.rows}×${values.columns}`];
      throw new QuantError(
        "shape",
        `signal ${show(name)} must have the shape of prices, ${wanted}, got ${got}`,
        {
          name,
        },
      );
    }
    panels[name] = new Panel({ index, columns, values });
  }
  return panels;
}
