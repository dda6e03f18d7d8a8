"""Fixtures of @astra-quant/backtest's tear sheet: pandas and numpy on a record of 600 days, from its closing capital."""

import market
import numpy as np
import pandas as pd

PERIODS = 252
WINDOW = 63
FIRST_BAR = 21


def month_table(growth: pd.Series) -> tuple[pd.DataFrame, pd.Series]:
    """Compounded returns by month and by year, from the last level of each."""
    table = {}
    totals = {}
    for year, levels in growth.groupby(growth.index.year):
        totals[year] = levels.prod() - 1
        months = levels.groupby(levels.index.month).prod() - 1
        table[year] = months.reindex(range(1, 13))
    return pd.DataFrame(table).T, pd.Series(totals)


def case() -> dict:
    prices = market.prices()[["ALPHA", "BRAVO"]]
    weights = pd.DataFrame(np.tile([0.9, -0.4], (len(prices), 1)), index=prices.index, columns=prices.columns)
    weights.iloc[: FIRST_BAR - 1] = np.nan
    weights.iloc[100::40, 1] = 0.2
    held = weights.shift(1).fillna(0.0)
    returns = (held * prices.pct_change()).sum(axis=1) - held.diff().abs().sum(axis=1) * 5e-4
    record = returns.iloc[FIRST_BAR:]
    equity = 1e6 * (1 + returns).cumprod()
    level = equity.iloc[FIRST_BAR - 1 :]
    drawdown = level / level.cummax() - 1
    months, years = month_table(1 + record)
    rolling = record.rolling(WINDOW).mean() / record.rolling(WINDOW).std() * np.sqrt(PERIODS)
    turnover = held.diff().abs().sum(axis=1).iloc[FIRST_BAR:]
    blocks = turnover.groupby(np.arange(len(turnover)) // 5).mean() * PERIODS
    return {
        "prices": prices,
        "weights": weights,
        "dates": [d.strftime("%Y-%m-%d") for d in prices.index],
        "firstBar": FIRST_BAR,
        "window": WINDOW,
        "drawdown": drawdown,
        "rollingSharpe": rolling,
        "years": list(months.index),
        "months": months,
        "totals": years,
        "turnover": blocks,
    }


market.write("backtest", "report/record", case(), np, pd)
