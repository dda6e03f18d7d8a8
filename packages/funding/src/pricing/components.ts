import { compensatedSum } from "@astra-quant/core-linalg";

/** What an amount of funding is made of; negative where it costs. */
export interface FundingComponents {
  /** The base rate: paid on debits, received on credits. */
  readonly base: number;
  /** The broker's spread over it on debits, and under it on cash. */
  readonly spread: number;
  /** What the broker keeps of the base rate on the proceeds of shorts. */
  readonly rebate: number;
  /** The fees of stock lent. */
  readonly borrow: number;
}

/** In the order in which they are added and written down. */
export const COMPONENTS: readonly (keyof FundingComponents)[] = ["base", "spread", "rebate", "borrow"];

/** The same thing of each component. */
export function eachComponent(amountOf: (component: keyof FundingComponents) => number): FundingComponents {
  return {
    base: amountOf("base"),
    spread: amountOf("spread"),
    rebate: amountOf("rebate"),
    borrow: amountOf("borrow"),
  };
}

/** Component by component, summed without drift. */
export function sumComponents(parts: readonly FundingComponents[]): FundingComponents {
  return eachComponent((component) => compensatedSum(parts.map((part) => part[component])));
}
