"""Fixtures of the pairs half of @astra-quant/kalman.

Unit roots and cointegration by statsmodels and arch on seeded series; fluctuations, crossings and false-discovery
control by numpy and scipy. Run with arch installed: `pip install arch`.
"""

import warnings

import arch
import market
import mpmath
import numpy as np
import scipy
import statsmodels
import statsmodels.api
from arch.unitroot import PhillipsPerron, VarianceRatio
from scipy.special import gammaln
from scipy.stats import false_discovery_control
from statsmodels.tools.sm_exceptions import InterpolationWarning
from statsmodels.tsa.adfvalues import mackinnoncrit, mackinnonp
from statsmodels.tsa.stattools import adfuller, coint, kpss
from statsmodels.tsa.vector_ar.vecm import coint_johansen

warnings.simplefilter("ignore", FutureWarning)
warnings.simplefilter("ignore", InterpolationWarning)


def autoregression(rng, n, phi, scale=1.0, level=0.0):
    x = np.zeros(n)
    for t in range(1, n):
        x[t] = phi * x[t - 1] + rng.normal(0, scale)
    return x + level


rng = np.random.default_rng(20260110)
walk = 100 + np.cumsum(rng.normal(0, 0.5, 250))
drifting = 1e5 + np.cumsum(20 + rng.normal(0, 1, 150))
moving = np.convolve(rng.normal(0, 1, 220), [1, 0.8, 0.5, -0.4], "valid")
SERIES = {
    "walk": walk.round(4),
    "drifting": drifting.round(3),
    "reverting": autoregression(rng, 200, 0.8, 0.3, 20).round(4),
    "nearUnitRoot": autoregression(rng, 200, 0.985, 1.0, 50).round(3),
    "movingAverage": np.cumsum(moving).round(3),
    "short": autoregression(rng, 24, 0.6, 1.0, 5).round(3),
    "ties": np.round(autoregression(rng, 200, 0.9, 0.6, 30)),
    "smooth": (np.sin(np.arange(200) / 9) + rng.normal(0, 1e-3, 200)).round(6),
}


def adf_cases(x):
    cases = []
    for trend in ["n", "c", "ct", "ctt"]:
        for lags in [0, 3, "aic", "bic", "t-stat"]:
            auto = isinstance(lags, str)
            asked = {"autolag": lags} if auto else {"maxlag": lags, "autolag": None}
            result = adfuller(x, regression=trend, result_object=False, **asked)
            critical = result[4]
            cases.append(
                {
                    "trend": trend,
                    "lags": lags,
                    "statistic": result[0],
                    "pValue": result[1],
                    "used": result[2],
                    "observations": result[3],
                    "critical": [critical["1%"], critical["5%"], critical["10%"]],
                }
            )
    return cases


def kpss_cases(x):
    cases = []
    for trend in ["c", "ct"]:
        for rule, lags in [("automatic", "auto"), ("schwert", "legacy"), (4, 4)]:
            statistic, p, used, _ = kpss(x, regression=trend, nlags=lags, result_object=False)
            cases.append({"trend": trend, "lags": rule, "statistic": statistic, "pValue": p, "used": used})
    return cases


def phillips_perron_cases(x):
    """arch's regression of y on its past loses digits to a level far above the noise: it gets deviations from the trend."""
    cases = []
    time = np.linspace(-1, 1, len(x))
    for trend in ["n", "c", "ct"]:
        for lags in [None, 5]:
            y = x if trend == "n" else x - np.polyval(np.polyfit(time, x, len(trend) - 1), time)
            test = PhillipsPerron(y, lags=lags, trend=trend, test_type="tau")
            cases.append({"trend": trend, "lags": lags, "statistic": test.stat, "used": test.lags})
    return cases


def variance_ratio_cases(x):
    cases = []
    for horizon in [2, 5, 8]:
        for robust in [True, False]:
            test = VarianceRatio(x, lags=horizon, trend="c", robust=robust, debiased=True)
            cases.append(
                {
                    "horizon": horizon,
                    "robust": robust,
                    "ratio": test.vr,
                    "statistic": test.stat,
                    "pValue": test.pvalue,
                }
            )
    return cases


def half_life(x, trend):
    """AR(1) by statsmodels' OLS, and the delta method."""
    design = np.column_stack([x[:-1], np.ones(len(x) - 1)]) if trend == "c" else x[:-1, None]
    fit = statsmodels.api.OLS(x[1:], design).fit()
    phi, error = fit.params[0], fit.bse[0]
    rate = -np.log(phi)
    return {
        "trend": trend,
        "persistence": phi,
        "persistenceError": error,
        "halfLife": np.log(2) / rate if rate > 0 else None,
        "standardError": np.log(2) / phi / rate**2 * error if rate > 0 else None,
    }


def exact_statistic(y, lags):
    """The Dickey–Fuller t-statistic with a constant in 60 digits, by normal equations."""
    with mpmath.workdps(60):
        y = [mpmath.mpf(float(value)) for value in y]
        rows = range(lags + 1, len(y))
        X = mpmath.matrix([[y[t - 1], *[y[t - j] - y[t - j - 1] for j in range(1, lags + 1)], 1] for t in rows])
        b = mpmath.matrix([y[t] - y[t - 1] for t in rows])
        inverse = (X.T * X) ** -1
        beta = inverse * (X.T * b)
        residual = b - X * beta
        variance = (residual.T * residual)[0] / (X.rows - X.cols)
        return float(beta[0] / mpmath.sqrt(variance * inverse[0, 0]))


def ticked(at):
    y = autoregression(np.random.default_rng(7), 60, 0.9).round(3)
    y[at] = 1e9
    return {"x": y, "lags": 2, "statistic": exact_statistic(y, 2)}


market.write(
    "kalman",
    "cointegration/unit-roots",
    {
        "ticks": [ticked(at) for at in [0, 1, 2, 30, 57, 58, 59]],
        "series": [
            {
                "name": name,
                "x": x,
                "adf": adf_cases(x),
                "kpss": kpss_cases(x),
                "phillipsPerron": phillips_perron_cases(x),
                "varianceRatio": variance_ratio_cases(x),
                "halfLife": [half_life(x, "c"), half_life(x, "n")],
            }
            for name, x in SERIES.items()
        ],
        "pValues": [
            {
                "trend": trend,
                "series": count,
                "statistics": np.arange(-30, 4, 1.27).round(2),
                "pValues": [mackinnonp(tau, trend, count) for tau in np.arange(-30, 4, 1.27).round(2)],
            }
            for trend in ["n", "c", "ct", "ctt"]
            for count in [1, 2, 3, 6]
        ],
        "criticalValues": [
            {
                "trend": trend,
                "series": count,
                "asymptotic": mackinnoncrit(count, trend),
                "of80": mackinnoncrit(count, trend, 80),
            }
            for trend in ["n", "c", "ct", "ctt"]
            for count in ([1] if trend == "n" else range(1, 13))
        ],
    },
    statsmodels,
    arch,
    mpmath,
)


def system(rng, n, k, relations):
    """k series on k − relations common random walks."""
    trends = np.cumsum(rng.normal(0, 1, (n, k - relations)), axis=0)
    loadings = rng.normal(0, 1, (k - relations, k))
    noise = np.column_stack([autoregression(rng, n, 0.5, 0.7) for _ in range(k)])
    return (20 + trends @ loadings + noise).round(3)


def johansen_case(X, order, lags):
    result = coint_johansen(X, order, lags)
    return {
        "trend": {-1: "n", 0: "c", 1: "ct"}[order],
        "lags": lags,
        "eigenvalues": result.eig,
        "vectors": result.evec,
        "trace": result.trace_stat,
        "largest": result.max_eig_stat,
        "traceCritical": result.trace_stat_crit_vals,
        "largestCritical": result.max_eig_stat_crit_vals,
        "observations": len(result.r0t),
    }


def engle_granger_case(y, x, trend, lags):
    auto = isinstance(lags, str)
    asked = {"autolag": lags} if auto else {"maxlag": lags, "autolag": None}
    statistic, p, critical = coint(y, x, trend=trend, return_results=False, **asked)
    return {"trend": trend, "lags": lags, "statistic": statistic, "pValue": p, "critical": critical}


rng = np.random.default_rng(20260111)
SYSTEMS = [system(rng, 200, 2, 1), system(rng, 160, 4, 2), system(rng, 110, 12, 3)]
TREND_RULES = [(t, l) for t in ["n", "c", "ct", "ctt"] for l in [0, 2, "aic", "bic", "t-stat"]]

market.write(
    "kalman",
    "cointegration/systems",
    {
        "systems": [
            {
                "X": X,
                "johansen": [
                    johansen_case(X, order, lags) for order, lags in [(-1, 1), (0, 1), (0, 3), (1, 2)][: 2 if X.shape[1] == 12 else 4]
                ],
                "engleGranger": []
                if X.shape[1] > 5
                else [engle_granger_case(X[:, 0], X[:, 1:], t, l) for t, l in TREND_RULES],
            }
            for X in SYSTEMS
        ]
    },
    statsmodels,
)


def windows_between(least, most):
    sizes, width = [], float(least)
    while width <= most:
        size = int(np.floor(width + 1e-9))
        if not sizes or sizes[-1] != size:
            sizes.append(size)
        width *= np.sqrt(2)
    return np.array(sizes)


def rescaled_range(c, m):
    blocks = c[: len(c) // m * m].reshape(-1, m)
    path = np.cumsum(blocks - blocks.mean(axis=1, keepdims=True), axis=1)
    i = np.arange(1, m)
    expected = np.exp(gammaln((m - 1) / 2) - gammaln(m / 2)) / np.sqrt(np.pi) * np.sum(np.sqrt((m - i) / i))
    return np.mean(np.ptp(path, axis=1) / blocks.std(axis=1)) / expected


def detrended_fluctuation(c, m):
    """The profile is cumulated once over the whole series and fitted by numpy's polyfit."""
    profile = np.cumsum(c - c.mean())
    blocks = profile[: len(c) // m * m].reshape(-1, m).T
    time = np.arange(m)
    fit = np.polynomial.polynomial.polyfit(time, blocks, 1)
    return np.sqrt(np.mean((blocks - (fit[0] + np.outer(time, fit[1]))) ** 2))


def block_variance(c, m):
    return c[: len(c) // m * m].reshape(-1, m).mean(axis=1).var(ddof=1)


def hurst(c, method):
    measure, least, part, at, per = {
        "rescaled-range": (rescaled_range, 10, 4, 0.5, 1),
        "detrended-fluctuation": (detrended_fluctuation, 10, 4, 0, 1),
        "aggregated-variance": (block_variance, 1, 10, 1, 0.5),
    }[method]
    sizes = windows_between(least, len(c) // part)
    values = np.array([measure(c, m) for m in sizes])
    fit = scipy.stats.linregress(np.log(sizes), np.log(values))
    return {
        "method": method,
        "windows": sizes,
        "values": values,
        "exponent": at + per * fit.slope,
        "standardError": per * fit.stderr,
    }


rng = np.random.default_rng(20260112)
HURST = [np.cumsum(rng.standard_t(5, 450)).round(4), autoregression(rng, 300, 0.9, 1.0, 10).round(4)]
P_VALUES = [rng.uniform(0, 1, 40).round(6), np.concatenate([rng.uniform(0, 0.01, 15), rng.uniform(0, 1, 30)]).round(6)]

market.write(
    "kalman",
    "cointegration/hurst",
    {
        "series": [
            {
                "x": x,
                "hurst": [
                    hurst(np.diff(x), method)
                    for method in ["rescaled-range", "detrended-fluctuation", "aggregated-variance"]
                ],
            }
            for x in HURST
        ]
    },
    scipy,
)

market.write(
    "kalman",
    "pairs/false-discovery",
    {
        "cases": [
            {
                "pValues": p,
                "benjaminiHochberg": false_discovery_control(p, method="bh"),
                "benjaminiYekutieli": false_discovery_control(p, method="by"),
            }
            for p in P_VALUES
        ]
    },
    scipy,
)
