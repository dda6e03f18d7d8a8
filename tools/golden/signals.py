"""The five factors by pandas, every window computed in two passes, on three assets of which one has a gap."""

import market
import numpy as np
import pandas as pd

ASSETS = ["ALPHA", "CEDAR", "ECHO"]
STEP = 7

prices = market.prices()[[*ASSETS, "MARKET"]]
prices.iloc[350:353, 2] = np.nan
returns = prices.pct_change(fill_method=None)
spy = returns["MARKET"]
stocks, levels = returns[ASSETS], prices[ASSETS]


def std(x, window):
    return x.rolling(window).apply(lambda v: np.std(v, ddof=1), raw=True)


def mean(x, window):
    return x.rolling(window).apply(np.mean, raw=True)


def total(x, window):
    return x.rolling(window).apply(np.sum, raw=True)


def quantile(x, window, q):
    return x.rolling(window).apply(lambda v: np.quantile(v, q), raw=True)


def by_column(x, f):
    return pd.DataFrame({name: f(x[name]) for name in x.columns})


def volatility(window=20, vol_of_vol=20, usual=252, year=252):
    sigma = std(stocks, window) * np.sqrt(year)
    score = (sigma - mean(sigma, usual)) / std(sigma, usual)
    return -score * (1 + std(sigma, vol_of_vol))


def momentum(fast=20, slow=60, excess=0.7, trend=0.3):
    quick = total(stocks, fast)
    return excess * quick.sub(total(spy, fast), axis=0) + trend * (quick - total(stocks, slow))


def tail_risk(window=60, p=0.05, shortfall=False):
    low, high = quantile(stocks, window, p), quantile(stocks, window, 1 - p)
    loss = low
    if shortfall:

        def worst(v):
            """The worst n p returns, the last of them in part."""
            ordered, count = np.sort(v), len(v) * p
            whole = int(count)
            part = (count - whole) * ordered[whole] if count > whole else 0.0
            return (ordered[:whole].sum() + part) / count if not np.isnan(v).any() else np.nan

        loss = stocks.rolling(window).apply(worst, raw=True)
    return -loss * (high + low) / (high - low)


def beta(window=60, stability=60):
    def slope(x):
        covariance = pd.Series(np.nan, index=x.index)
        for t in range(window - 1, len(x)):
            a, b = x.iloc[t - window + 1 : t + 1], spy.iloc[t - window + 1 : t + 1]
            if not (a.isna().any() or b.isna().any()):
                covariance.iloc[t] = np.cov(a, b)[0, 1] / np.var(b, ddof=1)
        return covariance

    slopes = by_column(stocks, slope)
    return -slopes * (1 + std(slopes, stability))


def carry(short=5, markup=1.2, long=20, average=252, year=252, days=365, weights=(0.5, 0.3, 0.2)):
    premium = (std(stocks, short) * markup - std(stocks, long)) * np.sqrt(year)
    level = mean(levels, average)
    season = pd.Series(np.sin(2 * np.pi * prices.index.day_of_year / days), index=prices.index)
    return (weights[0] * premium - weights[1] * (levels - level) / level).add(weights[2] * season, axis=0)


def first_row(x):
    return x.index.get_loc(x.first_valid_index())


factors = {
    "volatility": volatility(),
    "momentum": momentum(),
    "tailRisk": tail_risk(),
    "tailRiskShortfall": tail_risk(shortfall=True),
    "beta": beta(),
    "carry": carry(),
}
own_settings = {
    "volatility": volatility(10, 15, 40, 365),
    "momentum": momentum(5, 30, 0.4, -0.2),
    "tailRisk": tail_risk(45, 0.1),
    "tailRiskShortfall": tail_risk(45, 0.1, True),
    "beta": beta(30, 12),
    "carry": carry(3, 1.1, 10, 50, 365, 366, (0.2, 0.5, 0.3)),
}
market.write(
    "signals",
    "factors",
    {
        "assets": ASSETS,
        "dates": [str(day.date()) for day in prices.index],
        "prices": levels,
        "market": prices["MARKET"],
        "firstRows": {name: [first_row(f[asset]) for asset in ASSETS] for name, f in factors.items()},
        "step": STEP,
        "factors": {name: f.iloc[::STEP] for name, f in factors.items()},
        "ownSettings": {name: f.iloc[::STEP] for name, f in own_settings.items()},
    },
)
