"""Rolling order statistics: pandas' windows with ties, gaps and min_periods, and numpy's nine types of quantile."""

import market
import numpy as np
import pandas as pd

ROWS = 90
#: (window, min_periods)
WINDOWS = [(1, 1), (5, 5), (5, 2), (20, 20), (20, 1), (64, 30)]
LEVELS = [0.0, 0.05, 0.3, 0.5, 0.95, 1.0]
STEP = 4

returns = market.returns()["ALPHA"].to_numpy()[:ROWS]
prices = market.prices()["BRAVO"].to_numpy()[:ROWS]
ties = np.round(returns, 2) + 0.0
gaps = ties.copy()
gaps[[0, 1, 2, 3, 4, 5, 9, 11, 30, 31, 33, 60, 89]] = np.nan
series = {"returns": returns, "prices": prices, "ties": ties, "gaps": gaps}


def rolled(x, window, least):
    rolling = pd.Series(x).rolling(window, min_periods=least)
    rows = np.arange(min(window, least) - 1, ROWS, STEP)
    at = lambda answer: answer.to_numpy()[rows]
    return {
        "window": window,
        "minPeriods": least,
        "rows": rows,
        "min": at(rolling.min()),
        "max": at(rolling.max()),
        "median": at(rolling.median()),
        "quantiles": [at(rolling.quantile(q)) for q in LEVELS],
        "ranks": {
            method: [at(rolling.rank(method=method, pct=pct)) for pct in (False, True)]
            for method in ("average", "min", "max")
        },
    }


def by_method(x, window, method):
    """Each full window's quantiles of the values present, at least one."""
    ends = range(window - 1, ROWS, 9)
    windows = [x[t - window + 1 : t + 1] for t in ends]
    present = [w[np.isfinite(w)] for w in windows]
    return [[np.quantile(w, q, method=method) if len(w) else np.nan for w in present] for q in (0.0625, 0.5, 0.8125)]


market.write(
    "core-linalg",
    "rolling/order",
    {
        "series": series,
        "levels": LEVELS,
        "rolled": {name: [rolled(x, *window) for window in WINDOWS] for name, x in series.items()},
        "methods": {name: by_method(gaps, 16, method) for name, method in market.NUMPY_QUANTILE.items()},
    },
)
