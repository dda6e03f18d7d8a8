"""Intraday signals by pandas: hourly bars of two assets over two changes of New York's clocks, one bar missing."""

import market
import numpy as np
import pandas as pd

BARS, PERIOD, WINDOW, YEAR = 220, 14, 20, 252 * 7
rng = np.random.default_rng(20260103)

# Seven bars a day, named by their start, in the days around both clock changes of 2024.
days = pd.bdate_range("2024-03-01", "2024-03-20").append(pd.bdate_range("2024-10-25", periods=20))
stamps = [day + pd.Timedelta(hours=9, minutes=30) + pd.Timedelta(hours=h) for day in days for h in range(7)]
local = pd.DatetimeIndex(stamps[:BARS]).tz_localize("America/New_York")

steps = 0.003 * rng.standard_t(5, (BARS, 2))
open_ = 50 * np.exp(np.cumsum(steps, axis=0) + 0.001 * rng.standard_normal((BARS, 2)))
close = 50 * np.exp(np.cumsum(steps, axis=0))
high = np.maximum(open_, close) * (1 + 0.002 * rng.random((BARS, 2)))
low = np.minimum(open_, close) * (1 - 0.002 * rng.random((BARS, 2)))
high[40], low[40], open_[40], close[40] = [close[39]] * 4  # nothing happened
volume = rng.integers(0, 5000, (BARS, 2)).astype(float)
volume[0] = 0
for x in (open_, high, low, close):
    x[:] = x.round(4)
close[90, 1] = np.nan
O, H, L, C, V = (pd.DataFrame(x) for x in (open_, high, low, close, volume))


def wilder(x):
    """The recursion as printed in 1978: a plain average first, then a thirteenth less."""
    out = np.full(len(x), np.nan)
    average = np.mean(x[1 : PERIOD + 1])
    for t in range(PERIOD, len(x)):
        if t > PERIOD:
            average = (average * (PERIOD - 1) + x[t]) / PERIOD
        out[t] = average
    return out


def rsi(average):
    change = C[0].diff()
    up, down = average(change.clip(lower=0)), average((-change).clip(lower=0))
    return 100 - 100 / (1 + up / down)


def deviation(variance):
    return np.sqrt(variance * YEAR)


def rolling(x, f):
    return x.rolling(WINDOW).apply(f, raw=True)


hl, co, night = np.log(H / L), np.log(C / O), np.log(O / C.shift(1))
rs = np.log(H / C) * np.log(H / O) + np.log(L / C) * np.log(L / O)
k = 0.34 / (1.34 + (WINDOW + 1) / (WINDOW - 1))
ddof1 = lambda v: np.var(v, ddof=1)
volatility = {
    "close-to-close": deviation(rolling(np.log(C / C.shift(1)), ddof1)),
    "parkinson": deviation(rolling(hl**2, np.mean) / (4 * np.log(2))),
    "garman-klass": deviation(rolling(0.5 * hl**2 - (2 * np.log(2) - 1) * co**2, np.mean)),
    "rogers-satchell": deviation(rolling(rs, np.mean)),
    "yang-zhang": deviation(rolling(night, ddof1) + k * rolling(co, ddof1) + (1 - k) * rolling(rs, np.mean)),
}


def place(c, low, high):
    return (2 * c - low - high) / (high - low)


in_bar = place(C, L, H).mask((H == L) & C.notna(), 0)
in_range = place(C, rolling(L, np.min), rolling(H, np.max))


def vwap_distance(price):
    """Sums within the days of New York's clocks; a bar without a price trades nothing."""
    traded = V.where(price.notna() & C.notna())
    day = local.date
    sums = (price * traded).fillna(0).groupby(day).cumsum() / traded.fillna(0).groupby(day).cumsum()
    return (C / sums - 1).where(C.notna()).replace([np.inf, -np.inf], np.nan)


market.write(
    "signals",
    "intraday/intraday",
    {
        "times": [int(stamp.timestamp() * 1000) for stamp in local],
        "open": O,
        "high": H,
        "low": L,
        "close": C,
        "volume": V,
        "periodsPerYear": YEAR,
        "rsi": {
            "wilder": rsi(lambda x: pd.Series(wilder(x.to_numpy()))),
            "cutler": rsi(lambda x: x.rolling(PERIOD).mean()),
            "ewm": rsi(lambda x: x.ewm(alpha=1 / PERIOD, adjust=False, min_periods=PERIOD).mean()),
        },
        "volatility": volatility,
        "priceAction": 0.5 * in_bar + 0.5 * in_range,
        "momentum": C / C.shift(WINDOW) - 1,
        "vwapOfTypical": vwap_distance((H + L + C) / 3),
        "vwapOfClose": vwap_distance(C),
    },
)
