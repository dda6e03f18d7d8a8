import { compensatedSum, Matrix } from "@astra-quant/core-linalg";
import { COMPONENTS, eachComponent, type FundingComponents } from "./components.ts";
import { statementAmounts, unitsOf } from "./statement.ts";

/** An amount of funding and what it is made of. */
export interface FundingAmount {
  readonly total: number;
  readonly components: FundingComponents;
}

/** The component matrices of a ledger. */
export type ComponentMatrices = Readonly<Record<keyof FundingComponents, Matrix>>;

/**
 * Days × accounts of funding, by component. Kept as it is computed, sums are compensated; kept as a statement prints it,
 * every entry is a whole number of cents and sums are exact.
 */
export class Ledger {
  readonly amounts: Matrix;
  readonly components: ComponentMatrices;
  readonly #decimals: number | undefined;
  /** Units in one of the currency; 1 where nothing is rounded. */
  readonly #scale: number;

  constructor(days: number, accounts: number, decimals: number | undefined) {
    this.#decimals = decimals;
    this.#scale = decimals === undefined ? 1 : unitsOf(decimals);
    const [base, spread, rebate, borrow] = COMPONENTS.map(() => Matrix.zeros(days, accounts));
    this.components = { base: base!, spread: spread!, rebate: rebate!, borrow: borrow! };
    this.amounts = Matrix.zeros(days, accounts);
  }

  /** Writes what one account was charged on one day. */
  enter(day: number, account: number, amount: number, components: FundingComponents): void {
    const entry =
      this.#decimals === undefined
        ? { amount, components }
        : statementAmounts(amount, components, this.#decimals);
    this.amounts.set(day, account, entry.amount / this.#scale);
    for (const name of COMPONENTS) {
      this.components[name].set(day, account, entry.components[name] / this.#scale);
    }
  }

  /** The sum of what `entriesOf` picks from every matrix. */
  sum(entriesOf: (matrix: Matrix) => Iterable<number>): FundingAmount {
    const add = (matrix: Matrix): number => this.#sum(entriesOf(matrix));
    return { total: add(this.amounts), components: eachComponent((name) => add(this.components[name])) };
  }

  #sum(entries: Iterable<number>): number {
    if (this.#decimals === undefined) return compensatedSum(entries);
    let units = 0;
    for (const entry of entries) units += Math.round(entry * this.#scale);
    return units / this.#scale;
  }
}
