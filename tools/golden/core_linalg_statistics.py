"""Autocorrelation, Ljung-Box and Newey-West by statsmodels, block lengths by arch, rank correlations by scipy, all on
seeded data; the two rules for lags written out in numpy.

arch divides each autocovariance by the squares of the two overlapping parts when it looks for the first quiet lag, R's np
(b.star) by those of the whole series: on most series both searches end at one lag; `searches` holds some on which they do
not, with np's rule written out in numpy."""

import arch
import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from arch.bootstrap import optimal_block_length
from scipy import stats
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.tsa.stattools import acf

import market


def autoregression(n, coefficient, seed):
    rng = np.random.default_rng(seed)
    x = np.zeros(n)
    shocks = rng.standard_t(5, n)
    for t in range(1, n):
        x[t] = coefficient * x[t - 1] + shocks[t]
    return np.round(0.3 + x, 6)


def hac(x, lags, correction):
    fit = sm.OLS(x, np.ones(len(x))).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": correction})
    return {"lags": lags, "smallSample": correction, "standardError": fit.bse[0], "mean": fit.params[0]}


def automatic_lags(x):
    n = len(x)
    d = x - x.mean()
    first = int(4 * (n / 100) ** (2 / 9))
    g = [d[j:] @ d[: n - j] / n for j in range(first + 1)]
    s0 = g[0] + 2 * sum(g[1:])
    s1 = 2 * sum(j * g[j] for j in range(1, first + 1))
    return {"ruleOfThumb": first, "automatic": min(int(1.1447 * ((s1 / s0) ** 2 * n) ** (1 / 3)), n - 1)}


def series_case(x):
    lb = acorr_ljungbox(x, lags=12)
    lb_fitted = acorr_ljungbox(x, lags=12, model_df=2)
    blocks = optimal_block_length(x)
    return {
        "x": x,
        "autocorrelation": acf(x, nlags=15, fft=False),
        "ljungBox": {"statistic": lb.lb_stat, "pValue": lb.lb_pvalue, "pValueOfTwoFitted": lb_fitted.lb_pvalue},
        "neweyWest": [hac(x, 0, False), hac(x, 4, False), hac(x, 9, True)],
        "lagRules": automatic_lags(x),
        "blockLength": {"stationary": blocks.stationary.iloc[0], "circular": blocks.circular.iloc[0]},
    }


def block_lengths(x):
    """The rule of R's np: autocorrelations of the whole series, five quiet ones in a row."""
    n = len(x)
    d = x - x.mean()
    largest = int(np.ceil(np.sqrt(n))) + 5
    g = np.array([d[k:] @ d[: n - k] / n for k in range(largest + 1)])
    quiet = np.abs(g / g[0]) < 2 * np.sqrt(np.log10(n) / n)
    first = next((k for k in range(1, largest - 3) if quiet[k : k + 5].all()), largest)
    m = min(2 * first, largest)
    k = np.arange(1, m + 1)
    weights = 2 * np.minimum(1, 2 * (1 - k / m))
    ratio = ((weights * k) @ g[1 : m + 1] / (g[0] + weights @ g[1 : m + 1])) ** 2 * n
    most = np.ceil(min(3 * np.sqrt(n), n / 3))
    return {"stationary": min(ratio ** (1 / 3), most), "circular": min((1.5 * ratio) ** (1 / 3), most)}


def search_case(x):
    arch_lengths = optimal_block_length(x)
    return {"x": x, **block_lengths(x), "archStationary": arch_lengths.stationary.iloc[0]}


def pairs():
    rng = np.random.default_rng(5)
    x = np.round(rng.normal(size=120), 3)
    y = np.round(0.5 * x + rng.normal(size=120), 3)
    tied = np.round(x), np.round(2 * y) / 2
    cases = []
    for a, b in [(x, y), tied, (x, -(x**3)), (x[:3], y[:3])]:
        cases.append({
            "x": a,
            "y": b,
            "ranks": stats.rankdata(a),
            "covariance": np.cov(a, b)[0, 1],
            "pearson": stats.pearsonr(a, b)[0],
            "spearman": stats.spearmanr(a, b)[0],
            "kendall": stats.kendalltau(a, b)[0],
        })
    return cases


def bca_case():
    """BCa levels from scipy's own formula on replications of its own: the interval of one fixed set of resamples."""
    rng = np.random.default_rng(3)
    x = np.round(rng.gamma(2.0, 1.0, 40), 5)
    result = stats.bootstrap((x,), np.std, n_resamples=999, method="BCa", random_state=np.random.default_rng(4), confidence_level=0.9)
    return {
        "x": x,
        "estimate": np.std(x),
        "replications": result.bootstrap_distribution,
        "lower": result.confidence_interval.low,
        "upper": result.confidence_interval.high,
    }


market.write(
    "core-linalg",
    "statistics/inference",
    {
        "series": [series_case(autoregression(300, 0.6, 5)), series_case(autoregression(211, -0.4, 2)), series_case(autoregression(500, 0.0, 3)[:120])],
        "searches": [search_case(autoregression(60, 0.6, seed)) for seed in (2, 5, 11, 14)],
        "pairs": pairs(),
        "bca": bca_case(),
    },
    scipy,
    statsmodels,
    arch,
)
