/** A ledger of shares and cash, kept the plain way: every amount leaves one side and enters the other. */
export interface Terms {
  /** Time × assets; NaN where there is none. */
  readonly prices: readonly (readonly number[])[];
  readonly weights: readonly (readonly number[])[];
  readonly dividends: readonly (readonly number[])[];
  readonly missing: "carry" | "close";
  readonly delisting: number;
  readonly lag: number;
  readonly rule: "every-bar" | "on-change" | { every: number } | { threshold: number } | { band: number };
  readonly whole: boolean;
  readonly cashAccount: boolean;
  readonly maxGross: number;
  readonly part: number;
  readonly volume: readonly (readonly number[])[];
  readonly lendable: readonly (readonly number[])[];
  /** Cost of one order in money, by its shares, price and market. */
  readonly charge: (shares: number, price: number, volume: number) => number;
  readonly longRate: number;
  readonly shortRates: readonly number[];
  readonly days: readonly number[];
  readonly credit: number;
  readonly debit: number;
  readonly capital: number;
}

export interface Books {
  readonly equity: number[];
  readonly shares: number[][];
  readonly price: number[];
  readonly cost: number[];
  readonly carry: number[];
  readonly cash: number[];
}

const wholePart = (x: number): number => {
  const nearest = Math.round(x);
  return Math.abs(x - nearest) <= 1e-9 * Math.abs(x) ? nearest : Math.trunc(x);
};

/** What each column last decided up to a row; undefined before its first number. */
function decidedUpTo(weights: Terms["weights"], row: number, column: number): number | undefined {
  for (let t = row; t >= 0; t--) if (!Number.isNaN(weights[t]![column]!)) return weights[t]![column]!;
  return undefined;
}

export function keepBooks(terms: Terms): Books {
  const { prices, weights, lag, rule, capital, missing } = terms;
  const assets = prices[0]!.map((_, j) => j);
  const last = (row: number, j: number): number => {
    for (let t = row; t >= 0; t--) if (!Number.isNaN(prices[t]![j]!)) return prices[t]![j]!;
    return Number.NaN;
  };
  const isKnown = (row: number, j: number) => !Number.isNaN(prices[row]![j]!);
  const firstRow = weights.findIndex((row) => row.some((weight) => !Number.isNaN(weight)));
  const firstBar = Math.max(firstRow + lag, 1);
  const books: Books = {
    equity: [capital],
    shares: [assets.map(() => 0)],
    price: [0],
    cost: [0],
    carry: [0],
    cash: [0],
  };
  let cash = capital;
  let shares = assets.map(() => 0);
  let waiting = assets.map(() => false);
  let ruined = false;

  for (let t = 1; t < prices.length; t++) {
    const quote = assets.map((j) => last(t - 1, j));
    const worth = (j: number) => (shares[j] === 0 ? 0 : shares[j]! * quote[j]!);
    const equity = books.equity[t - 1]!;
    if (ruined) {
      books.equity.push(equity);
      books.shares.push(assets.map(() => 0));
      for (const part of [books.price, books.cost, books.carry, books.cash]) part.push(0);
      continue;
    }
    const row = t - lag;
    let wanted = assets.map((j) => {
      if (row < 0) return 0;
      const decided = decidedUpTo(weights, row, j);
      const silent = Number.isNaN(weights[row]![j]!);
      return decided === undefined || (silent && !waiting[j]) ? worth(j) : decided * equity;
    });
    const size = wanted.reduce((sum, money) => sum + Math.abs(money), 0);
    if (size > terms.maxGross * equity)
      wanted = wanted.map((money) => (money * terms.maxGross * equity) / size);

    // To be flat in what was never decided is no news.
    const opinion = (at: number, j: number) => decidedUpTo(weights, at, j) ?? 0;
    const changed = assets.some((j) => opinion(row, j) !== opinion(row - 1, j));
    const far = (j: number, distance: number) => Math.abs(wanted[j]! - worth(j)) > distance * equity;
    const due = (j: number): boolean => {
      if (rule === "every-bar" || waiting[j]) return true;
      if (rule === "on-change") return row >= 0 && (changed || t === firstBar);
      if ("band" in rule) return wanted[j] === 0 || far(j, rule.band);
      if (t === firstBar) return true;
      return "every" in rule ? (t - firstBar) % rule.every === 0 : assets.some((i) => far(i, rule.threshold));
    };
    const target = assets.map((j) => (due(j) ? wanted[j]! : worth(j)));

    waiting = assets.map(() => false);
    for (const j of assets) {
      const now = worth(j);
      if (!isKnown(t - 1, j)) {
        waiting[j] = target[j] !== now;
        target[j] = now;
        continue;
      }
      if (target[j]! < -terms.lendable[t]![j]!) target[j] = -terms.lendable[t]![j]!;
      const most = terms.part * terms.volume[t - 1]![j]!;
      if (Math.abs(target[j]! - now) > most) {
        waiting[j] = true;
        target[j] = now + Math.sign(target[j]! - now) * most;
      }
    }
    if (terms.cashAccount) {
      for (const j of assets) target[j] = Math.max(target[j]!, 0);
      const sold = assets.reduce((sum, j) => sum + Math.max(worth(j) - target[j]!, 0), 0);
      const bought = assets.reduce((sum, j) => sum + Math.max(target[j]! - worth(j), 0), 0);
      const means = equity - assets.reduce((sum, j) => sum + worth(j), 0) + sold;
      if (bought > means)
        for (const j of assets) {
          if (target[j]! > worth(j))
            target[j] = worth(j) + ((target[j]! - worth(j)) * Math.max(means, 0)) / bought;
        }
    }

    let [cost, carry, interest, price] = [0, 0, 0, 0];
    for (const j of assets) {
      if (target[j] === worth(j)) continue;
      const count = target[j]! / quote[j]!;
      const order = (terms.whole ? wholePart(count) : count) - shares[j]!;
      shares[j] = shares[j]! + order;
      cash -= order * quote[j]!;
      cost += order === 0 ? 0 : terms.charge(Math.abs(order), quote[j]!, terms.volume[t - 1]![j]!);
    }
    shares = shares.map((count) => (Math.abs(count) < 1e-12 ? 0 : count));
    books.shares.push([...shares]);
    interest = cash * (cash > 0 ? terms.credit : terms.debit);
    for (const j of assets) {
      if (shares[j] === 0) continue;
      const value = worth(j);
      carry -= Math.abs(value) * terms.days[t]! * (value > 0 ? terms.longRate : terms.shortRates[j]!);
      const paid = shares[j]! * terms.dividends[t]![j]!;
      price += paid;
      cash += paid;
      if (isKnown(t, j) || missing === "carry") {
        price += shares[j]! * (last(t, j) - quote[j]!);
      } else {
        price += value * terms.delisting;
        cash += value * (1 + terms.delisting);
        shares[j] = 0;
      }
    }
    cash += interest + carry - cost;
    const held = assets.reduce((sum, j) => sum + (shares[j] === 0 ? 0 : shares[j]! * last(t, j)), 0);
    books.equity.push(cash + held);
    books.price.push(price);
    books.cost.push(0 - cost);
    books.carry.push(carry);
    books.cash.push(interest);
    ruined = cash + held <= 0;
  }
  return books;
}
