"""Rolling windows and sample statistics: exact rational arithmetic on the doubles, numpy's quantiles, scipy's moments."""

import math
from fractions import Fraction

import market
import numpy as np
import scipy
import scipy.stats

ROWS = 120
WINDOWS = [7, 40]
STEP = 3
SPIKE_AT = 31

returns = market.returns()
alpha = returns["ALPHA"].to_numpy()[:ROWS]
index = returns["MARKET"].to_numpy()[:ROWS]
prices = market.prices()["BRAVO"].to_numpy()[:ROWS]

spiked = alpha.copy()
spiked[SPIKE_AT] = 1e8
gaps = alpha.copy()
gaps[[0, 50, 53]] = np.nan
series = {
    "returns": alpha,
    "prices": prices,
    "offset": 1e8 + np.round(100 * alpha, 4),
    "spike": spiked,
    "gaps": gaps,
}


def exact(window, partner):
    """Mean, standard deviation and covariance (ddof 1) of the doubles themselves, rounded once."""
    if not np.all(np.isfinite(window)):
        return math.nan, math.nan, math.nan
    n = len(window)
    x = [Fraction(float(v)) for v in window]
    y = [Fraction(float(v)) for v in partner]
    mx, my = sum(x) / n, sum(y) / n
    variance = sum((v - mx) ** 2 for v in x) / (n - 1)
    covariance = sum((v - mx) * (u - my) for v, u in zip(x, y)) / (n - 1)
    return float(mx), math.sqrt(float(variance)), float(covariance)


def rolled(x, window):
    rows = list(range(window - 1, ROWS, STEP))
    views = [(x[t - window + 1 : t + 1], index[t - window + 1 : t + 1]) for t in rows]
    figures = [exact(a, b) for a, b in views]
    return {
        "rows": rows,
        "mean": [f[0] for f in figures],
        "std": [f[1] for f in figures],
        "covariance": [f[2] for f in figures],
        "quantile05": [np.quantile(a, 0.05) for a, _ in views],
    }


market.write(
    "core-linalg",
    "rolling/rolling",
    {
        "index": index,
        "series": series,
        "windows": {name: {str(w): rolled(x, w) for w in WINDOWS} for name, x in series.items()},
    },
)

sample = alpha[:37]
even = alpha[:32]
# Sixteenths are doubles: n q is exact, and no method depends on how a product was rounded.
levels = [k / 16 for k in range(17)] + [0.01, 0.05, 0.95, 0.99]

# The accuracy sets of NIST's StRD are formulas: a level, and as many steps of −0.1 as of +0.1 around it.
alternating = {
    "NumAcc1": [10000001.0, 10000003.0, 10000002.0],
    "NumAcc2": [1.2] + [1.1, 1.3] * 500,
    "NumAcc3": [1000000.2] + [1000000.1, 1000000.3] * 500,
    "NumAcc4": [10000000.2] + [10000000.1, 10000000.3] * 500,
}


def exact_moments(values):
    x = [Fraction(v) for v in values]
    m = sum(x) / len(x)
    return {"mean": float(m), "variance": float(sum((v - m) ** 2 for v in x) / (len(x) - 1))}


market.write(
    "core-linalg",
    "statistics/statistics",
    {
        "odd": sample,
        "even": even,
        "levels": levels,
        "quantiles": {
            name: {
                "odd": [np.quantile(sample, q, method=method) for q in levels],
                "even": [np.quantile(even, q, method=method) for q in levels],
            }
            for name, method in market.NUMPY_QUANTILE.items()
        },
        "moments": {
            **exact_moments([float(v) for v in sample]),
            "skewness": scipy.stats.skew(sample),
            "kurtosis": scipy.stats.kurtosis(sample),
        },
        "accuracy": {name: {"head": x[:3], "length": len(x), **exact_moments(x)} for name, x in alternating.items()},
    },
    scipy,
)
