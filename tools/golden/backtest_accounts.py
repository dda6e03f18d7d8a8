"""Fixtures of @astra-quant/backtest's drifting books: vectorbt, and a ledger of shares and cash kept by double entry."""

import market
import numpy as np
import pandas as pd
import vectorbt as vbt

NAMES = market.ASSETS
DAYS = 130
CAPITAL = 250_000.0
PERIODS = 252

prices = market.prices(DAYS)[NAMES]
returns = prices.pct_change()
rng = np.random.default_rng(20260109)
weights = (np.sign(returns.rolling(10).sum()) / 9).round(4) * np.array([1.0, 0.6, 1.1, 0.8, 1.2, 0.5])


def by_vectorbt(targets: pd.DataFrame) -> dict:
    """Orders to target percentages at the close; equity before the next fill's fees, which is where ours is counted."""
    book = vbt.Portfolio.from_orders(
        prices,
        targets,
        size_type="targetpercent",
        fees=7e-4,
        cash_sharing=True,
        group_by=np.zeros(len(NAMES), dtype=int),
        call_seq="auto",
        init_cash=CAPITAL,
        freq="1D",
    )
    records = book.orders.records
    fees = np.zeros(DAYS)
    traded = np.zeros(DAYS)
    np.add.at(fees, records["idx"].to_numpy(), records["fees"].to_numpy())
    np.add.at(traded, records["idx"].to_numpy(), (records["size"] * records["price"]).to_numpy())
    equity = book.value().to_numpy().ravel() + fees
    return {"equity": equity, "fees": fees, "turnover": traded / equity}


month_starts = prices.index.to_series().dt.month.diff().fillna(1.0) != 0
monthly = weights.copy()
decided = weights.notna().all(axis=1)
first_decision = decided.idxmax()
monthly[~(month_starts | (prices.index == first_decision))] = np.nan


class DoubleEntry:
    """Shares and cash; every amount leaves one and enters the other."""

    def __init__(self, columns: int):
        self.cash = CAPITAL
        self.shares = np.zeros(columns)

    def worth(self, quotes) -> float:
        return self.cash + float(self.shares @ quotes)

    def trade(self, quantity, quotes) -> None:
        self.shares = self.shares + quantity
        self.cash -= float(quantity @ quotes)


def keep_books(*, volume, lendable, dividends, long_cost, short_cost, credit, debit, maximum) -> dict:
    """Whole shares, a tenth of the volume, what lenders lend, commissions, spread, impact, financing, interest, dividends."""
    quotes = prices.to_numpy()
    book = DoubleEntry(len(NAMES))
    rows = {key: np.zeros(DAYS) for key in ("equity", "cost", "carry", "cash", "price", "gross")}
    rows["equity"][0] = CAPITAL
    held = np.zeros((DAYS, len(NAMES)))
    for t in range(1, DAYS):
        q = quotes[t - 1]
        equity = book.worth(q)
        wanted = weights.iloc[t - 1].to_numpy()
        target = book.shares.copy() if np.isnan(wanted).any() else wanted * equity / q
        target = np.maximum(target, -lendable[t] / q)
        most = maximum * volume[t - 1] / q
        target = book.shares + np.clip(target - book.shares, -most, most)
        target = np.where(np.isclose(target, book.shares, rtol=1e-12, atol=1e-9), book.shares, np.trunc(target * (1 + 1e-9)))
        order = target - book.shares
        notional = np.abs(order) * q
        commission = np.minimum(np.maximum(0.005 * np.abs(order), 1.0), 0.01 * notional) * (order != 0)
        spread = notional * 8.0 / 2e4
        impact = np.zeros(len(NAMES))
        live = notional > 0
        bps = 2.0 + 30.0 * np.sqrt(notional[live] / volume[t - 1][live]) * 0.3 / 0.2
        impact[live] = notional[live] * np.minimum(bps, 25.0) / 1e4
        cost = float((commission + spread + impact).sum())
        book.trade(order, q)
        interest = book.cash * (credit if book.cash > 0 else debit)
        value = book.shares * q
        carry = -float((np.where(value > 0, long_cost[t], short_cost[t]) * np.abs(value)).sum())
        paid = float(book.shares @ dividends[t])
        before = book.worth(q)
        book.cash += interest + carry - cost + paid
        rows["equity"][t] = book.worth(quotes[t])
        rows["cost"][t], rows["carry"][t], rows["cash"][t] = -cost, carry, interest
        rows["price"][t] = float(book.shares @ (quotes[t] - q)) + paid
        rows["gross"][t] = np.abs(value).sum() / before
        held[t] = book.shares
    return {**rows, "shares": held}


volume = np.round(rng.uniform(2e4, 3e5, (DAYS, len(NAMES))))
volume[40, 2] = 0.0
lendable = np.full((DAYS, len(NAMES)), 1e9)
lendable[60:80, :3] = 5_000.0
dividends = np.zeros((DAYS, len(NAMES)))
dividends[[30, 93], [0, 4]] = [0.65, 1.2]
gaps = prices.index.to_series().diff().dt.days.fillna(0).to_numpy()
long_cost = np.outer(gaps, np.full(len(NAMES), 0.041 / 360))
short_cost = np.outer(gaps, np.array([-0.03, -0.03, 0.05, -0.03, -0.03, 0.12]) / 360)
terms = {
    "volume": volume,
    "lendable": lendable,
    "dividends": dividends,
    "long_cost": long_cost,
    "short_cost": short_cost,
    "credit": 0.03 / PERIODS,
    "debit": 0.06 / PERIODS,
    "maximum": 0.1,
}

market.write(
    "backtest",
    "engine/accounts",
    {
        "prices": prices,
        "dates": [str(day.date()) for day in prices.index],
        "weights": weights,
        "capital": CAPITAL,
        "everyBar": by_vectorbt(weights),
        "monthly": by_vectorbt(monthly),
        "books": {
            "volume": volume,
            "lendable": [5_000.0, 60, 80, 3],
            "dividends": [[30, 0, 0.65], [93, 4, 1.2]],
            "longRate": 0.041 / 360,
            "shortRates": np.array([-0.03, -0.03, 0.05, -0.03, -0.03, 0.12]) / 360,
            "credit": terms["credit"],
            "debit": terms["debit"],
            **keep_books(**terms),
        },
    },
    vbt,
)
