import { describeGolden, expectClose, printed } from "@astra-quant/testkit";
import { describe, expect, test } from "vitest";
import {
  type BalanceTier,
  type DayCount,
  type FundingScheduleOptions,
  priceFunding,
  roundHalfAway,
} from "../../src/index.ts";

const flat = [{ asset: "NONE", notional: 0 }];
const plain = { longSpreadBps: 0, shortSpreadBps: 0, borrowFeeBps: 0 };

describeGolden("oracles.json", ({ ibkr }) => {
  interface DebitCase {
    balance: number;
    benchmark: number;
    tiers: { upTo?: number; above?: number; spread: number }[];
    dayCount: DayCount;
    interest: number[];
    total: number;
  }
  const [debit, credit] = ibkr.cases as [DebitCase, { shortCredit: number; rate: number; interest: number }];

  test("a debit of 600,000 pays 18.94 on its first tier and 87.78 on the rest", () => {
    const { balance, benchmark, dayCount, interest, total } = debit;
    const longSpreadBps: BalanceTier[] = debit.tiers.map(({ spread, ...tier }) => ({
      ...tier,
      bps: spread * 10_000,
    }));
    const schedule: FundingScheduleOptions = { ...plain, baseRate: benchmark, dayCount, longSpreadBps };
    const first = priceFunding(flat, schedule, { equity: -100_000 }).total;
    const whole = priceFunding(flat, schedule, { equity: balance }).total;
    expect([roundHalfAway(-first, 2), roundHalfAway(first - whole, 2)]).toEqual(interest);
    expect(roundHalfAway(-whole, 2)).toBe(total);
    const leveraged = [{ asset: "X", notional: 1_000_000 }];
    expectClose(priceFunding(leveraged, schedule, { equity: 400_000 }).total, -total, printed(2));
  });

  test("short proceeds of 500,000 at half a percent receive 6.94", () => {
    const schedule = { ...plain, baseRate: credit.rate };
    const { total } = priceFunding([{ asset: "X", notional: -credit.shortCredit }], schedule);
    expect(roundHalfAway(total, 2)).toBe(credit.interest);
  });
});

describe("Interactive Brokers' published examples", () => {
  const shortTiers: BalanceTier[] = [
    { upTo: 100_000, rate: 0 },
    { above: 100_000, upTo: 1_000_000, bps: 125 },
    { above: 1_000_000, upTo: 3_000_000, bps: 50 },
    { above: 3_000_000, bps: 25 },
  ];
  const cashTiers: BalanceTier[] = [
    { upTo: 10_000, rate: 0 },
    { above: 10_000, upTo: 100_000, bps: 50 },
    { above: 100_000, bps: 25 },
  ];
  const schedule: FundingScheduleOptions = {
    ...plain,
    baseRate: 0.01,
    shortSpreadBps: shortTiers,
    cashSpreadBps: cashTiers,
    floors: { shortRate: 0, cashRate: 0 },
  };

  test("collateral of 1,500,000 receives 6.94: nothing on the first million, whose rate would be negative", () => {
    const { rows } = priceFunding([{ asset: "X", notional: -1_500_000 }], schedule);
    expect(roundHalfAway(rows[0]!.daily, 2)).toBe(6.94);
  });

  test("excess cash of 250,000 receives 1.25 and 3.13", () => {
    const { balances, total } = priceFunding(flat, schedule, { equity: 250_000 });
    // the page prints 3.13 for 150,000 × 0.75 % ÷ 360 = 3.125
    expectClose(total, 1.25 + 3.125, printed(2));
    expect(balances[0]!.cash).toBe(250_000);
  });

  test("a share of $0.25 is secured with a whole dollar: 100,000 of them at 50 % cost 138.89 a day", () => {
    const marked = { ...plain, baseRate: 0, borrowFeeBps: 5000, collateral: {} };
    const { rows, balances } = priceFunding([{ asset: "ABC", shares: -100_000, price: 0.25 }], marked);
    expect(balances[0]!.shortCredit).toBe(100_000);
    expect(roundHalfAway(rows[0]!.daily, 2)).toBe(-138.89);
  });
});
