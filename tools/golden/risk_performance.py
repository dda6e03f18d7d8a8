"""Performance figures: numpy, pandas, scipy and statsmodels, each figure from its definition; empyrical where it is right."""

import empyrical
import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from scipy.optimize import brentq
from scipy.stats import kurtosis, norm, skew

from market import ASSETS, returns, write

PERIODS = 252
YEAR = np.sqrt(PERIODS)


def drawdowns(x):
    equity = np.concatenate([[1.0], np.cumprod(1 + x)])
    return equity / np.maximum.accumulate(equity) - 1


def episodes(x):
    """Falls from a high to the next one, by pandas' groups of consecutive rows under water."""
    d = drawdowns(x)
    under = pd.Series(d < 0)
    rows = []
    for _, group in pd.Series(d)[under].groupby((~under).cumsum()[under]):
        start, end = group.index[0] - 1, group.index[-1]
        recovery = end + 1 if end + 1 < len(d) else None
        last = recovery if recovery is not None else len(d) - 1
        rows.append([group.min(), start, group.idxmin(), recovery, last - start, group.idxmin() - start])
    return sorted(rows, key=lambda row: (row[0], row[1]))


def ratio_probability(ratio, n, s, k):
    """Φ of ratio over its standard error with the moments of the sample."""
    return norm.cdf(ratio * np.sqrt(n - 1) / np.sqrt(1 - s * ratio + (k + 2) / 4 * ratio**2))


def summary(x, benchmark, rate):
    n = len(x)
    d = drawdowns(x)
    under = pd.Series(d < 0)
    excess, active, market = x - rate, x - benchmark, benchmark - rate
    total = np.prod(1 + x) - 1
    cagr = (1 + total) ** (PERIODS / n) - 1
    sharpe = excess.mean() / excess.std(ddof=1)
    annual = sharpe * YEAR
    ulcer = np.sqrt((d[1:] ** 2).mean())
    ols = sm.OLS(excess, sm.add_constant(market)).fit()
    up, down = benchmark > 0, benchmark < 0

    def geometric(r):
        return scipy.stats.gmean(1 + r) - 1

    return {
        "observations": n,
        "totalReturn": total,
        "cagr": cagr,
        "meanReturn": x.mean() * PERIODS,
        "volatility": x.std(ddof=1) * YEAR,
        "sharpe": annual,
        "sharpeStandardError": np.sqrt((1 + sharpe**2 / 2) / n) * YEAR,
        "sortino": excess.mean() / np.sqrt((np.minimum(excess, 0) ** 2).mean()) * YEAR,
        "calmar": cagr / -d.min(),
        "maxDrawdown": d.min(),
        "longestUnderwater": under.groupby((~under).cumsum()).sum().max(),
        "winRate": (x > 0).mean(),
        "profitFactor": x[x > 0].sum() / -x[x < 0].sum(),
        "recoveryFactor": total / -d.min(),
        "skewness": skew(x),
        "kurtosis": kurtosis(x),
        "downsideDeviation": np.sqrt((np.minimum(excess, 0) ** 2).mean()) * YEAR,
        "adjustedSharpe": annual * (1 + skew(x) / 6 * annual - kurtosis(x) / 24 * annual**2),
        "probabilisticSharpe": ratio_probability(sharpe, n, skew(excess), kurtosis(excess)),
        "omega": np.maximum(excess, 0).sum() / np.maximum(-excess, 0).sum(),
        "gainToPain": x.sum() / -x[x < 0].sum(),
        "averageWin": x[x > 0].mean(),
        "averageLoss": x[x < 0].mean(),
        "ulcerIndex": ulcer,
        "martin": (cagr - np.mean(rate) * PERIODS) / ulcer,
        "painIndex": -d[1:].mean(),
        "informationRatio": active.mean() / active.std(ddof=1) * YEAR,
        "trackingError": active.std(ddof=1) * YEAR,
        "beta": ols.params[1],
        "alpha": ols.params[0] * PERIODS,
        "correlation": np.corrcoef(excess, market)[0, 1],
        "betaStandardError": ols.bse[1],
        "alphaStandardError": ols.bse[0] * PERIODS,
        "treynor": excess.mean() * PERIODS / ols.params[1],
        "modigliani": np.mean(rate) * PERIODS + annual * market.std(ddof=1) * YEAR,
        "upCapture": geometric(x[up]) / geometric(benchmark[up]),
        "downCapture": geometric(x[down]) / geometric(benchmark[down]),
    }


def single(x, benchmark, rate):
    """The figures that have a function of their own, with their options."""
    n = len(x)
    d = drawdowns(x)
    excess, market = x - rate, benchmark - rate
    cagr = np.prod(1 + x) ** (PERIODS / n) - 1
    cagr_of_excess = np.prod(1 + excess) ** (PERIODS / n) - 1
    annual_rate = np.mean(rate) * PERIODS
    sharpe = excess.mean() / excess.std(ddof=1)
    target = 0.0004
    short = np.maximum(target - x, 0)
    long = np.maximum(x - target, 0)
    depths = -np.array([row[0] for row in episodes(x)])
    runs = pd.Series(x)[x < 0].groupby(pd.Series(x >= 0).cumsum()[x < 0]).sum().to_numpy()
    # The moments (Σe, Σ(e − μ)²) as an exactly identified GMM problem, by the delta method.
    mu, variance = excess.mean(), excess.var(ddof=0)
    moments = np.column_stack([excess - mu, (excess - mu) ** 2 - variance])
    gradient = np.array([1 / np.sqrt(variance), -sharpe / (2 * variance)])

    def hac(lags):
        S = moments.T @ moments / n
        for j in range(1, lags + 1):
            G = moments[j:].T @ moments[:-j] / n
            S += (1 - j / (lags + 1)) * (G + G.T)
        return np.sqrt(gradient @ S @ gradient / n) * YEAR

    ols = sm.OLS(excess, sm.add_constant(market)).fit()
    newey = ols.get_robustcov_results("HAC", maxlags=5, use_correction=False)
    rho = sm.tsa.acf(excess, nlags=PERIODS - 1, fft=False)[1:]
    aggregate = lambda lags: PERIODS / np.sqrt(
        PERIODS + 2 * sum((PERIODS - k) * rho[k - 1] for k in range(1, lags + 1))
    )
    s, k = skew(excess), kurtosis(excess)
    psr = lambda length, threshold: norm.cdf(
        (sharpe - threshold / YEAR) * np.sqrt(length - 1) / np.sqrt(1 - s * sharpe + (k + 2) / 4 * sharpe**2)
    )
    trials = np.array([0.3, -0.2, 0.9, 1.4, 0.05, -0.7, 0.6])
    gamma = np.euler_gamma
    largest = trials.std(ddof=1) * (
        (1 - gamma) * norm.ppf(1 - 1 / len(trials)) + gamma * norm.ppf(1 - 1 / (len(trials) * np.e))
    )
    up, down = benchmark > 0, benchmark < 0
    quantile = np.quantile(excess, 0.05)
    ordered = np.sort(excess)
    count = 0.05 * n
    whole = int(count)
    shortfall = -(ordered[:whole].sum() + (count - whole) * ordered[whole]) / count
    return {
        "target": target,
        "downsideDeviation": np.sqrt((short**2).mean()),
        "omega": long.sum() / short.sum(),
        "upsidePotential": long.mean() / np.sqrt((short**2).mean()),
        "kappa": {order: (x.mean() - target) / (short**order).mean() ** (1 / order) for order in (1, 2, 3, 4, 1.5)},
        "tail": {
            "empyrical": empyrical.tail_ratio(x),
            "tenPercent": np.quantile(x, 0.9) / abs(np.quantile(x, 0.1)),
        },
        "martin": (cagr - annual_rate) / np.sqrt((d[1:] ** 2).mean()),
        "pain": (cagr - annual_rate) / -d[1:].mean(),
        "burke": (cagr - annual_rate) / np.sqrt((depths**2).sum()),
        "burkeModified": (cagr - annual_rate) / np.sqrt((depths**2).sum() / n),
        "burkeOfRuns": (cagr - annual_rate) / np.sqrt((runs**2).sum()),
        "sterling": (cagr - annual_rate) / (depths.max() + 0.1),
        "sterlingOfThree": (cagr - annual_rate) / np.sort(depths)[-3:].mean(),
        "independentError": np.sqrt((1 - s * sharpe + (k + 2) / 4 * sharpe**2) / n) * YEAR,
        "autocorrelatedError": {lags: hac(lags) for lags in (0, 1, 5, 20)},
        "aggregation": {lags: aggregate(lags) for lags in (0, 1, 5, 60)},
        "adjustedSharpeCompound": (lambda a: a * (1 + skew(x) / 6 * a - kurtosis(x) / 24 * a**2))(
            cagr_of_excess / (excess.std(ddof=1) * YEAR)
        ),
        "probabilisticSharpe": psr(n, 0.5),
        # The length at which the probability is the confidence, by root finding.
        "minimumTrackRecord": brentq(lambda length: psr(length, 0.0) - 0.95, 1.5, 1e6, xtol=1e-9, rtol=1e-14),
        "trials": trials,
        "expectedMaximum": largest,
        "deflatedSharpe": psr(n, largest),
        "newey": {"alpha": newey.bse[0] * PERIODS, "beta": newey.bse[1]},
        "residualVolatility": np.sqrt(ols.mse_resid) * YEAR,
        "rSquared": ols.rsquared,
        "modiglianiCompound": annual_rate + cagr_of_excess / excess.std(ddof=1) * market.std(ddof=1),
        "capture": {
            "up": empyrical.up_capture(pd.Series(x), pd.Series(benchmark)),
            "down": empyrical.down_capture(pd.Series(x), pd.Series(benchmark)),
            "upMean": x[up].mean() / benchmark[up].mean(),
            "downMean": x[down].mean() / benchmark[down].mean(),
            "periods": [int(up.sum()), int(down.sum())],
        },
        "rewardToVar": excess.mean() / -quantile * YEAR,
        "rewardToShortfall": excess.mean() / shortfall * YEAR,
    }


def rolling(x, window):
    frame = pd.Series(x)
    squared = np.minimum(frame, 0) ** 2
    deepest = frame.rolling(window).apply(lambda r: drawdowns(r).min(), raw=True)
    return {
        "window": window,
        "sharpe": frame.rolling(window).mean() / frame.rolling(window).std() * YEAR,
        "sortino": frame.rolling(window).mean() / np.sqrt(squared.rolling(window).mean()) * YEAR,
        "volatility": frame.rolling(window).std() * YEAR,
        "maxDrawdown": deepest,
    }


frame = returns()
X = frame[ASSETS].to_numpy()
market = frame["MARKET"].to_numpy()
series = (X @ np.array([0.5, 0.2, 0.1, 0.1, 0.1, 0.0])).round(10)
series[100:104] = 0.0
annual = np.linspace(0.01, 0.04, len(series)).round(6)
dates = pd.bdate_range("2020-11-16", periods=len(series))
dated = pd.Series(series, index=dates)
monthly = (1 + dated).groupby([dates.year, dates.month]).prod() - 1
yearly = (1 + dated).groupby(dates.year).prod() - 1
write(
    "risk",
    "performance/performance",
    {
        "returns": series,
        "benchmark": market,
        "annualRate": annual,
        "plain": {"summary": summary(series, market, np.zeros(len(series))), **single(series, market, np.zeros(len(series)))},
        "excess": {"summary": summary(series, market, annual / PERIODS), **single(series, market, annual / PERIODS)},
        "rival": {
            "sortinoOfNegativePeriods": series.mean() / series[series < 0].std(ddof=1) * YEAR,
            "calmarArithmetic": series.mean() * PERIODS / -drawdowns(series).min(),
        },
        "empyrical": {
            "cagr": empyrical.annual_return(series),
            "volatility": empyrical.annual_volatility(series),
            "sharpe": empyrical.sharpe_ratio(series),
            "sortino": empyrical.sortino_ratio(series),
            "omega": empyrical.omega_ratio(series),
            "maxDrawdown": empyrical.max_drawdown(series),
            "beta": empyrical.beta(series, market),
        },
        "drawdown": drawdowns(series),
        "episodes": episodes(series),
        "rolling": rolling(series[:150], 20),
        "dates": [str(day.date()) for day in dates],
        "months": [[year, month, value] for (year, month), value in monthly.items()],
        "years": [[year, value] for year, value in yearly.items()],
    },
    scipy,
    statsmodels,
    empyrical,
)
