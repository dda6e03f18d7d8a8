"""Value at risk, the exact law of compounded normal days, fixed shocks and performance figures."""

import numpy as np
import pandas as pd
import scipy
from scipy.stats import kurtosis, norm, skew

from market import ASSETS, NUMPY_QUANTILE, returns, write

ALPHAS = {0.95: 0.05, 0.975: 0.025, 0.99: 0.01}


def parametric(w, S, mu, horizon, confidence):
    sigma = np.sqrt(w @ S @ w * horizon)
    m = w @ mu * horizon
    law = norm(m, sigma)
    q = law.ppf(1 - confidence)
    # E[R | R ≤ q] = m − σ φ(z) ÷ α, checked against the integral of r f(r).
    es = -(m - sigma * norm.pdf((q - m) / sigma) / (1 - confidence))
    by_integral = -law.expect(lambda r: r, ub=q) / (1 - confidence)
    assert abs(es - by_integral) < 1e-8 * es
    return {"horizon": horizon, "confidence": confidence, "volatility": sigma, "valueAtRisk": -q, "expectedShortfall": es}


def historical(x, confidence):
    alpha = ALPHAS[confidence]
    ordered = np.sort(x)
    count = len(x) * alpha
    whole = int(np.floor(count + 1e-9))
    rest = max(0.0, count - whole) if count - whole > 1e-9 else 0.0
    ru = -(ordered[:whole].sum() + (rest * ordered[whole] if rest else 0)) / count
    quantiles = {name: np.quantile(x, alpha, method=method) for name, method in NUMPY_QUANTILE.items()}
    return {
        "n": len(x),
        "confidence": confidence,
        "valueAtRisk": {name: -q for name, q in quantiles.items()},
        "rockafellarUryasev": ru,
        "tailMean": {name: -x[x <= q].mean() for name, q in quantiles.items()},
    }


def exact_law(drift, sigma, days, alpha, step=2e-5, reach=1.2):
    """The law of Π(1 + r) − 1 with r ~ N(drift, σ²): the density of log(1 + r), convolved by FFT on a fine grid."""
    grid = np.arange(-reach, reach, step)
    density = norm.pdf(np.expm1(grid), drift, sigma) * np.exp(grid)
    size = 1 << int(np.ceil(np.log2(len(grid) * days)))
    mass = np.fft.irfft(np.fft.rfft(density * step, size) ** days, size)[: days * (len(grid) - 1) + 1]
    points = np.expm1(grid[0] * days + step * np.arange(len(mass)))
    assert abs(mass.sum() - 1) < 1e-9
    # Each grid point's mass lies on both sides of it, in equal halves.
    cdf = np.cumsum(mass) - mass / 2
    i = np.searchsorted(cdf, alpha)
    quantile = np.interp(alpha, cdf[i - 2 : i + 2], points[i - 2 : i + 2])
    es = -(points[:i] * mass[:i]).sum() / alpha
    es += quantile * (mass[:i].sum() - alpha) / alpha
    return {"quantile": quantile, "expectedShortfall": es}


def performance(x, benchmark, rate, periods):
    equity = np.concatenate([[1.0], np.cumprod(1 + x)])
    drawdown = equity / np.maximum.accumulate(equity) - 1
    under = pd.Series(drawdown < 0)
    runs = under.groupby((~under).cumsum()).sum().max()
    excess = x - rate
    active = x - benchmark
    year = np.sqrt(periods)
    total = equity[-1] - 1
    cagr = equity[-1] ** (periods / len(x)) - 1
    slope, intercept = np.polyfit(benchmark - rate, excess, 1)
    negative = excess[excess < 0]
    sharpe = excess.mean() / excess.std(ddof=1)
    return {
        "summary": {
            "observations": len(x),
            "totalReturn": total,
            "cagr": cagr,
            "meanReturn": x.mean() * periods,
            "volatility": x.std(ddof=1) * year,
            "sharpe": sharpe * year,
            "sharpeStandardError": np.sqrt((1 + sharpe**2 / 2) / len(x)) * year,
            "sortino": excess.mean() / np.sqrt((np.minimum(excess, 0) ** 2).mean()) * year,
            "calmar": cagr / -drawdown.min(),
            "maxDrawdown": drawdown.min(),
            "longestUnderwater": runs,
            "winRate": (x > 0).mean(),
            "profitFactor": x[x > 0].sum() / -x[x < 0].sum(),
            "recoveryFactor": total / -drawdown.min(),
            "skewness": skew(x),
            "kurtosis": kurtosis(x),
            "informationRatio": active.mean() / active.std(ddof=1) * year,
            "trackingError": active.std(ddof=1) * year,
            "beta": slope,
            "alpha": intercept * periods,
            "correlation": np.corrcoef(excess, benchmark - rate)[0, 1],
        },
        "sortinoOfNegativePeriods": excess.mean() / negative.std(ddof=1) * year,
        "calmarArithmetic": x.mean() * periods / -drawdown.min(),
        "drawdown": drawdown,
    }


frame = returns()
X = frame[ASSETS].to_numpy()
market = frame["MARKET"].to_numpy()
S = np.cov(X.T)
mu = X.mean(axis=0)
L = np.linalg.cholesky(S)
books = {
    "equal": np.full(6, 1 / 6),
    "longShort": np.array([0.9, -0.6, 0.3, -0.7, 0.5, -0.4]),
    "oneAsset": np.array([0, 0, 0, 1.0, 0, 0]),
}
write(
    "risk",
    "value-at-risk",
    {
        "covariance": S,
        "mean": mu,
        "books": {
            name: {
                "weights": w,
                "parametric": [
                    {"zeroMean": parametric(w, S, 0 * mu, h, c), "withMean": parametric(w, S, mu, h, c)}
                    for h in (1, 10, 2.5)
                    for c in (0.95, 0.99, 0.999)
                ],
                "exact": [
                    {"horizon": 10, "confidence": c, "drift": d, **exact_law(d * (w @ mu), np.sqrt(w @ S @ w), 10, a)}
                    for c, a in ALPHAS.items()
                    for d in (0, 1)
                ],
            }
            for name, w in books.items()
        },
        "returns": frame["ALPHA"].to_numpy(),
        "historical": [historical(frame["ALPHA"].to_numpy()[:n], c) for n in (8, 250, 500, 600) for c in ALPHAS],
    },
    scipy,
)

rng = np.random.default_rng(20260301)
shocks = rng.standard_normal((60, 5, 6)).round(9)
w = books["longShort"]
write(
    "risk",
    "fixed-shocks",
    {
        "shocks": shocks.reshape(300, 6),
        "horizon": 5,
        "weights": w,
        "cholesky": L,
        "mean": mu,
        "returns": np.prod(1 + (shocks @ L.T) @ w, axis=1) - 1,
        "returnsWithMean": np.prod(1 + (shocks @ L.T + mu) @ w, axis=1) - 1,
    },
)

series = X @ np.array([0.5, 0.2, 0.1, 0.1, 0.1, 0.0])
rate = np.linspace(0.01, 0.04, len(series)).round(6) / 252
series = series.round(10)
series[100:104] = 0.0
write(
    "risk",
    "performance",
    {
        "returns": series,
        "benchmark": market,
        "annualRate": np.linspace(0.01, 0.04, len(series)).round(6),
        "plain": performance(series, market, 0.0, 252),
        "excess": performance(series, market, rate, 252),
    },
    scipy,
)
