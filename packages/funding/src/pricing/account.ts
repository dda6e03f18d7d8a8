import { QuantError } from "@astra-quant/core-linalg";
import { requireFinite, requirePositive } from "@astra-quant/core-linalg/guards";
import { type BusinessDays, requireBusinessDays, WEEKDAYS } from "../calendar/business-days.ts";
import { type Fixings, latest, type RateSeries, requireFixings } from "../rates/rate-series.ts";
import { requireRecord } from "../schedule/record.ts";

/** What is known of the account besides its positions. */
export interface AccountOptions {
  /**
   * The account's own money (its net liquidation value), which pays for longs before anything is borrowed: one amount in
   * the schedule's currency, or amounts by currency (the schedule's own under ""). May be negative, which is a loan.
   * @defaultValue none: longs are charged on their full notional, as if wholly debit-financed, and what the collateral
   * of shorts asks above their proceeds is taken to be there
   */
  readonly equity?: number | Readonly<Record<string, number>>;
  /** What one unit of each other currency is worth in the schedule's: a number, or a series as of its days. */
  readonly fx?: Readonly<Record<string, number | RateSeries>>;
  /** The business days on which base rates are fixed. @defaultValue every weekday */
  readonly calendar?: BusinessDays;
}

/** The name under which the schedule's own currency is kept. */
export const OWN = "";

/** {@link AccountOptions} that have been read. */
export interface Account {
  readonly equity: ReadonlyMap<string, number>;
  readonly calendar: BusinessDays;
  /** What one unit of a currency is worth on a day, counted from 1970-01-01. */
  exchangeRate(currency: string, day: number): number;
}

function requireEquity(equity: AccountOptions["equity"]): Map<string, number> {
  if (equity === undefined) return new Map();
  if (typeof equity === "number") return new Map([[OWN, requireFinite("equity", equity)]]);
  return new Map(
    requireRecord("equity", "an amount, or an object of amounts by currency", equity).map(
      ([currency, amount]) => [
        currency,
        requireFinite(currency === OWN ? "equity" : `equity.${currency}`, amount),
      ],
    ),
  );
}

/** The account, if it can be read. */
export function requireAccount({ equity, fx = {}, calendar = WEEKDAYS }: AccountOptions): Account {
  const rates = new Map<string, number | Fixings>(
    requireRecord("fx", "an object of rates by currency", fx).map(([currency, rate]) => {
      const name = `fx.${currency}`;
      if (typeof rate !== "object") return [currency, requirePositive(name, rate)];
      const fixings = requireFixings(name, rate);
      fixings.rates.forEach((value, i) => {
        requirePositive(`${name}.rates[${i}]`, value);
      });
      return [currency, fixings];
    }),
  );
  return {
    equity: requireEquity(equity),
    calendar: requireBusinessDays("calendar", calendar),
    exchangeRate(currency, day) {
      if (currency === OWN) return 1;
      const rate = rates.get(currency);
      if (rate === undefined) {
        throw new QuantError(
          "data",
          `fx must have a rate for ${currency}, but has ${[...rates.keys()].join(", ") || "none"}`,
          {
            argument: "fx",
            currency,
          },
        );
      }
      return typeof rate === "number" ? rate : latest(rate, day);
    },
  };
}
