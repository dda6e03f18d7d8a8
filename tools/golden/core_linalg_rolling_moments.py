"""Rolling moments with values missing, and exponentially weighted ones: exact rational arithmetic, and pandas."""

import math
from fractions import Fraction

import market
import mpmath
import numpy as np
import pandas as pd

ROWS = 90
STEP = 6
# window, minPeriods
WINDOWS = [(7, 3), (30, 10)]

mpmath.mp.prec = 300

returns = market.returns()
alpha = returns["BRAVO"].to_numpy()[:ROWS]
partner = returns["MARKET"].to_numpy()[:ROWS].copy()
partner[[2, 41, 42]] = np.nan
gaps = alpha.copy()
gaps[[0, 1, 5, 6, 7, 8, 9, 20, 50, 52, 54, 56, 70]] = np.nan
gaps[71] = np.inf
spiked = gaps.copy()
spiked[33] = -1e8
series = {
    "gaps": gaps,
    "offset": 1e8 + np.round(100 * gaps, 4),
    "spike": spiked,
}


def present(*columns):
    rows = [t for t in range(len(columns[0])) if all(np.isfinite(c[t]) for c in columns)]
    return [[Fraction(float(c[t])) for t in rows] for c in columns]


def real(x):
    return mpmath.mpf(x.numerator) / mpmath.mpf(x.denominator)


def powers(x):
    m = sum(x) / len(x)
    return [sum((v - m) ** k for v in x) for k in range(5)]


def moments(window, least):
    """Mean, std (ddof 1), skewness and excess kurtosis (unbiased) of the doubles themselves, rounded once."""
    (x,) = present(window)
    n = len(x)
    if n < least:
        return [math.nan] * 4
    _, _, m2, m3, m4 = powers(x)
    skew = kurt = std = mpmath.nan
    if n > 1:
        std = mpmath.sqrt(real(m2 / (n - 1)))
    if n > 2 and m2 > 0:
        g1 = mpmath.sqrt(n) * real(m3) / real(m2) ** mpmath.mpf(1.5)
        skew = g1 * mpmath.sqrt(n * (n - 1)) / (n - 2)
    if n > 3 and m2 > 0:
        g2 = n * real(m4) / real(m2) ** 2 - 3
        kurt = mpmath.mpf(n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6)
    return [float(sum(x) / n), float(std), float(skew), float(kurt)]


def products(window, beside, least):
    """Covariance (ddof 1), slope on the partner and correlation over the rows that have both."""
    x, y = present(window, beside)
    n = len(x)
    if n < max(least, 2):
        return [math.nan] * 3
    mx, my = sum(x) / n, sum(y) / n
    xy = sum((a - mx) * (b - my) for a, b in zip(x, y))
    xx, yy = powers(x)[2], powers(y)[2]
    return [float(xy / (n - 1)), float(xy / yy), float(real(xy) / mpmath.sqrt(real(xx * yy)))]


NAMES = ["mean", "std", "skewness", "kurtosis", "covariance", "beta", "correlation"]


def rolled(x, window, least):
    views = [slice(max(0, t - window + 1), t + 1) for t in range(0, ROWS, STEP)]
    figures = [moments(x[v], least) + products(x[v], partner[v], least) for v in views]
    return {name: [f[k] for f in figures] for k, name in enumerate(NAMES)}


def by_pandas(window, least):
    finite = pd.Series(gaps).replace([np.inf, -np.inf], np.nan)
    rolling = finite.rolling(window, min_periods=least)
    other = pd.Series(partner)
    figures = {
        "mean": rolling.mean(),
        "sum": rolling.sum(),
        "variance": rolling.var(ddof=0),
        "std": rolling.std(),
        "skewness": rolling.skew(),
        "kurtosis": rolling.kurt(),
        "covariance": rolling.cov(other),
        "correlation": rolling.corr(other),
    }
    return {name: figure[::STEP] for name, figure in figures.items()}


short = pd.Series(gaps[:26])
DECAYS = [
    ("halfLife", "halflife", 5.0),
    ("span", "span", 9.0),
    ("alpha", "alpha", 0.3),
    ("centerOfMass", "com", 2.5),
]


def ewm(ours, theirs, value, adjust, ignore, least):
    weighted = short.ewm(**{theirs: value}, adjust=adjust, ignore_na=ignore, min_periods=least)
    return {
        "options": {ours: value, "adjust": adjust, "ignoreMissing": ignore, "minPeriods": least},
        "mean": weighted.mean(),
        "variance": weighted.var(),
        "biased": weighted.var(bias=True)[::STEP],
    }


SWITCHES = [(True, False, 1), (True, True, 2), (False, False, 3), (False, True, 1)]
ewm_cases = [ewm(*decay, *switches) for decay, switches in zip(DECAYS, SWITCHES)]
ewm_cases += [ewm(*decay, *switches) for decay, switches in zip(DECAYS, reversed(SWITCHES))]


def exact_ewm(x, decay):
    """The unbiased weighted variance at every STEP-th row, age counted in rows."""
    answers = []
    for t in range(0, len(x), STEP):
        pairs = [(Fraction(decay) ** (t - s), Fraction(float(x[s]))) for s in range(t + 1) if np.isfinite(x[s])]
        if len(pairs) < 2:
            answers.append(math.nan)
            continue
        total = sum(w for w, _ in pairs)
        mean = sum(w * v for w, v in pairs) / total
        biased = sum(w * (v - mean) ** 2 for w, v in pairs) / total
        shares = sum((w / total) ** 2 for w, _ in pairs)
        answers.append(float(mpmath.sqrt(real(biased / (1 - shares)))))
    return answers


market.write(
    "core-linalg",
    "rolling/moments",
    {
        "partner": partner,
        "series": {name: [v if np.isfinite(v) else None for v in x] for name, x in series.items()},
        "infinite": 71,
        "exact": {
            name: [{"window": w, "minPeriods": p, **rolled(x, w, p)} for w, p in WINDOWS]
            for name, x in series.items()
        },
        "step": STEP,
        "pandas": [{"window": w, "minPeriods": p, **by_pandas(w, p)} for w, p in WINDOWS],
        "ewm": ewm_cases,
        # A decay that is a double: 1 − 0.125.
        "ewmStd": {"alpha": 0.125, "offset": exact_ewm(series["offset"][:60], 0.875)},
    },
    mpmath,
)
