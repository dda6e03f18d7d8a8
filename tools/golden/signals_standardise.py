"""Standardised signals by pandas, scipy and statsmodels: twelve assets, some of whose values are missing."""

import market
import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from scipy.stats import median_abs_deviation, norm

ROWS, ASSETS = 50, 12
rng = np.random.default_rng(20260104)
signal = pd.DataFrame(rng.standard_t(4, (ROWS, ASSETS)).round(6))
signal = signal.mask(rng.random((ROWS, ASSETS)) < 0.05)
signal.iloc[7] = np.nan
betas = pd.DataFrame((1 + 0.3 * rng.standard_normal((ROWS, ASSETS))).round(6))
betas.iloc[20, 3] = np.nan
size = (10 ** rng.uniform(8, 12, ASSETS)).round()
sectors = ["tech", "tech", "bank", "energy", "bank", "tech", "energy", "tech", "bank", "tech", "energy", "bank"]


def by_row(f):
    return signal.apply(f, axis=1)


def robust(row):
    return (row - row.median()) / median_abs_deviation(row.dropna(), scale="normal") if row.notna().any() else row


def neutral(with_sectors):
    """Ordinary least squares on dummies and exposures, none of them orthogonalised."""
    out = np.full((ROWS, ASSETS), np.nan)
    dummies = pd.get_dummies(pd.Series(sectors)).to_numpy(float) if with_sectors else np.ones((ASSETS, 1))
    for t in range(ROWS):
        X = np.column_stack([dummies, betas.iloc[t], np.log(size)])
        y = signal.iloc[t].to_numpy()
        ok = np.isfinite(y) & np.isfinite(X).all(axis=1)
        if ok.sum() > X.shape[1]:
            out[t, ok] = sm.OLS(y[ok], X[ok]).fit().resid
    return out


rank = signal.rank(axis=1)
count = signal.notna().sum(axis=1)
middle = rank.sub(0.5).div(count, axis=0)
ewm = signal.ewm(halflife=10, min_periods=15)
market.write(
    "signals",
    "standardise/standardise",
    {
        "signal": signal,
        "betas": betas,
        "logSize": np.log(size),
        "sectors": sectors,
        "z": by_row(lambda row: (row - row.mean()) / row.std()),
        "robust": by_row(robust),
        "rank": 2 * middle - 1,
        "normalRank": norm.ppf(middle),
        "winsorized": by_row(lambda row: row.clip(row.quantile(0.1), row.quantile(0.8))),
        "neutral": neutral(False),
        "neutralWithinSectors": neutral(True),
        "rolling": (signal - signal.rolling(30, min_periods=20).mean()) / signal.rolling(30, min_periods=20).std(),
        "expanding": (signal - signal.expanding(20).mean()) / signal.expanding(20).std(),
        "ewm": (signal - ewm.mean()) / ewm.std(),
    },
    scipy,
    statsmodels,
)
