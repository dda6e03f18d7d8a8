import type { Matrix } from "@astra-quant/core-linalg";
import type { FundingBalance } from "./charge-day.ts";
import { type Charges, emptyCharges } from "./charge-line.ts";
import { COMPONENTS, eachComponent, type FundingComponents, sumComponents } from "./components.ts";
import { emptyJournal, type Journal, type JournalSums, sumJournal } from "./journal.ts";
import { requireCountable, StatementRow } from "./statement.ts";

/** An amount of funding and what it is made of. */
export interface FundingAmount {
  readonly total: number;
  readonly components: FundingComponents;
}

/** The component matrices of a ledger. */
export type ComponentMatrices = Readonly<Record<keyof FundingComponents, Matrix>>;

/** Rounds amounts and their parts, one array a component, to units of a statement in their places. */
function printUnits(row: StatementRow, amounts: Float64Array, parts: readonly Float64Array[]): void {
  for (let k = 0; k < amounts.length; k++) {
    for (let i = 0; i < parts.length; i++) row.parts[i] = parts[i]![k]!;
    amounts[k] = row.print(amounts[k]!);
    for (let i = 0; i < parts.length; i++) parts[i]![k] = row.parts[i]!;
  }
}

/** What a ledger adds up to, without drift. */
export interface LedgerSums {
  readonly whole: FundingAmount;
  readonly days: readonly FundingAmount[];
  readonly positions: readonly FundingAmount[];
  readonly account: FundingAmount;
}

/**
 * Days × positions of funding, by component. Kept as it is computed, sums are compensated; kept as a statement prints it,
 * every entry is a whole number of cents, of which sums are exact, until the ledger is closed.
 */
export class Ledger {
  /** Absent where amounts are kept as they are computed. */
  readonly #statement: StatementRow | undefined;
  readonly #amounts: Journal;
  readonly #components: Readonly<Record<keyof FundingComponents, Journal>>;
  /** Charges of a day that nobody keeps: those of positions are written where the ledger has them. */
  readonly #scratch: Charges;

  constructor(days: number, positions: number, decimals: number | undefined) {
    const journal = (): Journal => emptyJournal(days, positions);
    this.#statement = decimals === undefined ? undefined : new StatementRow(decimals);
    this.#amounts = journal();
    this.#components = { base: journal(), spread: journal(), rebate: journal(), borrow: journal() };
    this.#scratch = emptyCharges(positions);
  }

  /** Days × positions. */
  get amounts(): Matrix {
    return this.#amounts.positions;
  }

  /** What {@link amounts} are made of. */
  get components(): ComponentMatrices {
    const { base, spread, rebate, borrow } = this.#components;
    return {
      base: base.positions,
      spread: spread.positions,
      rebate: rebate.positions,
      borrow: borrow.positions,
    };
  }

  /** Enters a day: what `charge` writes for the positions, and the balances that it answers with for the account. */
  enter(day: number, charge: (charges: Charges) => readonly FundingBalance[]): void {
    const row = ({ positions: { data, columns } }: Journal): Float64Array =>
      data.subarray(day * columns, (day + 1) * columns);
    const { base, spread, rebate, borrow } = this.#components;
    const charges = {
      ...this.#scratch,
      daily: row(this.#amounts),
      components: { base: row(base), spread: row(spread), rebate: row(rebate), borrow: row(borrow) },
    };
    const balances = charge(charges);
    this.#amounts.account[day] = balances.reduce((sum, { daily }) => sum + daily, 0);
    const besides = sumComponents(balances.map(({ components }) => components));
    for (const name of COMPONENTS) this.#components[name].account[day] = besides[name];
  }

  /** Adds up what was entered; on a statement, whole units become money. Nothing is entered afterwards. */
  close(): LedgerSums {
    const { base, spread, rebate, borrow } = this.#components;
    const all = [base, spread, rebate, borrow];
    if (this.#statement !== undefined) {
      const positions = all.map((journal) => journal.positions.data);
      const account = all.map((journal) => journal.account);
      printUnits(this.#statement, this.#amounts.positions.data, positions);
      printUnits(this.#statement, this.#amounts.account, account);
    }
    const amounts = this.#closed(this.#amounts);
    const parts = {
      base: this.#closed(base),
      spread: this.#closed(spread),
      rebate: this.#closed(rebate),
      borrow: this.#closed(borrow),
    };
    const amountOf = (pick: (sums: JournalSums) => number): FundingAmount => ({
      total: pick(amounts),
      components: eachComponent((name) => pick(parts[name])),
    });
    return {
      whole: amountOf(({ total }) => total),
      days: Array.from(amounts.days, (_, t) => amountOf(({ days }) => days[t]!)),
      positions: Array.from(amounts.positions, (_, j) => amountOf(({ positions }) => positions[j]!)),
      account: amountOf(({ account }) => account),
    };
  }

  #closed(journal: Journal): JournalSums {
    const sums = sumJournal(journal);
    if (this.#statement === undefined) return sums;
    const { scale } = this.#statement;
    const money = (units: number): number => requireCountable(units) / scale;
    const { data } = journal.positions;
    for (let k = 0; k < data.length; k++) data[k] = data[k]! / scale;
    return {
      total: money(sums.total),
      days: sums.days.map(money),
      positions: sums.positions.map(money),
      account: money(sums.account),
    };
  }
}
