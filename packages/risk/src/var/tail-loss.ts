import { requirePositive } from "@astra-quant/core-linalg/guards";

/** Losses as positive fractions of capital. */
export interface TailLoss {
  /** The loss that is exceeded with probability 1 − confidence; negative when even that outcome is a gain. */
  readonly valueAtRisk: number;
  /** The mean loss in the worst 1 − confidence of outcomes. */
  readonly expectedShortfall: number;
}

/** The same losses in the currency of `capital`, where one was given. */
export function monetaryLoss(capital: number | undefined, loss: TailLoss): { readonly monetary?: TailLoss } {
  if (capital === undefined) return {};
  requirePositive("capital", capital);
  return {
    monetary: {
      valueAtRisk: capital * loss.valueAtRisk,
      expectedShortfall: capital * loss.expectedShortfall,
    },
  };
}
