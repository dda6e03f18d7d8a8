"""Fixtures of @astra-quant/backtest: pandas on the seeded market, the loops of the package nowhere in sight."""

import struct

import market
import numpy as np
import pandas as pd

NAMES = market.ASSETS


def sharpe(returns: pd.Series, periods: float) -> float:
    return returns.mean() / returns.std() * np.sqrt(periods)


def panel_case(prices, weights, lag, bps, first_bar):
    """Lagged weights times returns, costs on what changes, compounded; money from capital 250,000."""
    capital = 250_000.0
    held = weights.shift(lag).fillna(0.0)
    changes = held.diff().abs()
    turnover = changes.sum(axis=1)
    gross = (held * prices.pct_change(fill_method=None).fillna(0.0)).sum(axis=1)
    net = gross - turnover * bps / 1e4
    equity = capital * (1 + net).cumprod()
    before = equity.shift(1).fillna(capital)
    sides = np.sign(held)
    return {
        "prices": prices,
        "weights": weights,
        "lag": lag,
        "bps": bps,
        "capital": capital,
        "equity": equity,
        "returns": net.iloc[1:],
        "price": before * gross,
        "cost": -before * turnover * bps / 1e4,
        "turnover": turnover,
        "sharpe": sharpe(net.iloc[first_bar:], 252),
        "firstBar": first_bar,
        "trades": int(((sides != sides.shift(1).fillna(0.0)) & (sides != 0)).sum().sum()),
        "barsInPosition": int((held != 0).any(axis=1).sum()),
    }


prices = market.prices(220)[NAMES].reset_index(drop=True)
returns = prices.pct_change()
momentum = np.sign(returns.rolling(20).sum()) / 8

listed = prices.copy()
listed.loc[:79, "DELTA"] = np.nan
volatility = listed.pct_change(fill_method=None).rolling(10).std()
signal = -listed.pct_change(fill_method=None).rolling(5).sum() / volatility / 30
ragged = signal.clip(-0.5, 0.5).round(6)
ragged.iloc[120:140] = 0.0

bars = 240
pair = market.pair(bars)
x, y = pair["x"], pair["y"]
slope = y.rolling(30).cov(x) / x.rolling(30).var()
deviation = y - slope * x
z = (deviation - deviation.rolling(30).mean()) / deviation.rolling(30).std()
position = pd.Series(np.where(z > 1, -1, np.where(z < -1, 1, 0)), dtype=float)
position[slope.isna()] = 0.0


def pair_case(ratio, normalise, bps):
    unit = 1 / (1 + ratio.abs()) if normalise else 1.0
    legs = pd.DataFrame({"y": position * unit, "x": -position * unit * ratio}).where(position != 0, 0.0)
    held = legs.shift(1).fillna(0.0)
    moves = pd.DataFrame({"y": y.pct_change(), "x": x.pct_change()}).fillna(0.0)
    turnover = held.diff().abs().sum(axis=1)
    net = (held * moves).sum(axis=1) - turnover * bps / 1e4
    return {"returns": net.iloc[1:], "turnover": turnover, "sharpe": sharpe(net.iloc[1:], 98280)}


dollar = slope * x / y
sides = position.shift(1).fillna(0.0)
pair_fixture = {
    "x": x,
    "y": y,
    "slope": slope,
    "position": position,
    "bps": 1.5,
    "dollar_gross": pair_case(dollar, True, 1.5),
    "dollar_y": pair_case(dollar, False, 1.5),
    "seed": pair_case(slope, False, 1.5),
    "trades": int(((sides != sides.shift(1).fillna(0.0)) & (sides != 0)).sum()),
    "barsInPosition": int((sides != 0).sum()),
}


def fnv1a(values) -> str:
    state = 0xCBF29CE484222325
    for value in values:
        data = struct.pack("<Q", 0x7FF8000000000000) if np.isnan(value) else struct.pack("<d", value)
        for byte in data:
            state = (state ^ byte) * 0x100000001B3 % 2**64
    return f"{state:016x}"


numbers = [0.0, -0.0, 1.0, -1.5, float("nan"), 1e-300, 0.1, 123456.789, -2.0**-1060]
market.write(
    "backtest",
    "backtest",
    {
        "momentum": panel_case(prices, momentum, 1, 7.0, 21),
        "ragged": panel_case(listed, ragged, 2, 3.0, 12),
    },
)
market.write("backtest", "pair/pair", pair_fixture)
market.write(
    "backtest",
    "result/hash",
    {"numbers": [repr(value) for value in numbers], "empty": fnv1a([]), "fnv1a": fnv1a(numbers)},
)
