"""Rolling rank correlation: scipy's Spearman coefficient of every window, with ties and gaps."""

import warnings

import market
import numpy as np
import scipy
from scipy.stats import spearmanr

ROWS = 90
#: (window, min_periods)
WINDOWS = [(5, 5), (20, 20), (20, 4), (64, 30)]
STEP = 3

table = market.returns()
returns = table["ALPHA"].to_numpy()[:ROWS]
partner = table["BRAVO"].to_numpy()[:ROWS]
ties = np.round(returns, 2) + 0.0
gaps = np.round(partner, 2) + 0.0
gaps[[0, 1, 2, 9, 11, 30, 31, 33, 60, 89]] = np.nan
series = {"returns": returns, "partner": partner, "ties": ties, "gaps": gaps}


def coefficient(x, y, least):
    both = np.isfinite(x) & np.isfinite(y)
    if both.sum() < least:
        return np.nan
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # a side that does not vary is NaN
        return spearmanr(x[both], y[both]).statistic


def rolled(x, y, window, least):
    rows = range(0, ROWS, STEP)
    cut = lambda values, t: values[max(0, t - window + 1) : t + 1]
    answers = [coefficient(cut(x, t), cut(y, t), least) for t in rows]
    return {"window": window, "minPeriods": least, "rows": list(rows), "answers": answers}


market.write(
    "core-linalg",
    "rolling/ranks",
    {
        "series": series,
        "pairs": [
            {"x": x, "y": y, "rolled": [rolled(series[x], series[y], *window) for window in WINDOWS]}
            for x, y in [("returns", "partner"), ("returns", "ties"), ("ties", "gaps")]
        ],
    },
    scipy,
)
