"""Fixtures of signals: validation, health, combine and regime.

Computed by pandas, scipy and statsmodels on the seeded returns, hidden Markov models by hmmlearn; what no library has is
written out here from its definition, in another way than the product computes it.
"""

import cvxpy as cp
import hmmlearn
import numpy as np
import pandas as pd
import scipy
import statsmodels
import statsmodels.api as sm
from hmmlearn.hmm import GaussianHMM
from scipy import stats
from statsmodels.stats.multitest import multipletests

import market

ASSETS = market.ASSETS
returns = market.returns(420)[ASSETS].reset_index(drop=True)
returns.iloc[100:104, 2] = np.nan
signal = (0.3 * returns.shift(-1) + returns.rolling(10).sum()).shift(1).fillna(0.0) * 10
signal.iloc[:12] = np.nan
signal = signal.round(6)
WINDOW, STEP = 60, 7


def by_column(f):
    return pd.DataFrame({a: f(signal[a], returns[a]) for a in ASSETS})


def forward(r, h):
    """The compounded return of the h rows up to each."""
    return (1 + r).rolling(h).apply(np.prod, raw=True) - 1


def pearson(lag, horizon):
    return by_column(lambda s, r: s.shift(lag + horizon - 1).rolling(WINDOW).corr(forward(r, horizon) if horizon > 1 else r))


def spearman(s, r):
    x = s.shift(1)
    out = pd.Series(np.nan, index=x.index)
    for t in range(WINDOW - 1, len(x)):
        a, b = x.iloc[t - WINDOW + 1 : t + 1], r.iloc[t - WINDOW + 1 : t + 1]
        if not (a.isna().any() or b.isna().any()):
            out.iloc[t] = stats.spearmanr(a, b).statistic
    return out


def hits(s, r):
    x = s.shift(1)
    return (np.sign(x) == np.sign(r)).astype(float).where(x.notna() & r.notna()).rolling(WINDOW).mean()


def traded(s, _):
    return np.tanh(2 * s).diff().abs().rolling(WINDOW).mean()


def cross(method):
    return signal.shift(1).corrwith(returns, axis=1, method=method).where(signal.shift(1).notna().sum(axis=1) > 2)


def newey_west(series, lags):
    model = sm.OLS(series, np.ones(len(series))).fit(cov_type="HAC", cov_kwds={"maxlags": lags, "use_correction": False})
    return {"ic": model.params[0], "standardError": model.bse[0], "tStatistic": model.tvalues[0], "pValue": model.pvalues[0],
            "lower": model.conf_int()[0, 0], "upper": model.conf_int()[0, 1]}


ic = cross("spearman")
ranked = signal.shift(1).rank(axis=1)
portfolio = np.floor((ranked - 0.5).mul(3).div(ranked.notna().sum(axis=1), axis=0)).where(returns.notna())
sorted_returns = pd.DataFrame({k: returns.where(portfolio == k).mean(axis=1) for k in range(3)})
p_values = [0.001, 0.008, 0.039, 0.041, 0.042, 0.06, 0.074, 0.205, 0.212, 0.216, 0.222, 0.251, 0.269, 0.275, 0.34]

rng = np.random.default_rng(7)
ks_cases = []
for n, m, shift in ((5, 7, 0.0), (20, 20, 0.8), (35, 50, 0.3), (80, 60, 1.5), (200, 150, 0.15)):
    x, y = rng.normal(size=n).round(6), (rng.normal(size=m) + shift).round(6)
    exact, limit = stats.ks_2samp(x, y, method="exact"), None
    limit = scipy.special.kolmogorov(exact.statistic * np.sqrt(n * m / (n + m)))
    ks_cases.append({"x": x, "y": y, "statistic": exact.statistic, "exact": exact.pvalue, "asymptotic": limit})


def psi(reference, recent, bins=10, pseudo=0.5):
    cut = [-np.inf, *np.quantile(reference, np.arange(1, bins) / bins), np.inf]
    share = lambda x: (pd.cut(pd.Series(x), cut).value_counts(sort=False).to_numpy() + pseudo) / (len(x) + bins * pseudo)
    p, q = share(recent), share(reference)
    index = np.sum((p - q) * np.log(p / q))
    return {"index": index, "pValue": stats.chi2.sf(index / (1 / len(reference) + 1 / len(recent)), bins - 1)}


def page_hinkley(x, tolerance, threshold, least):
    """From the definition, all of it anew at each row."""
    out = []
    for t in range(1, len(x) + 1):
        means = np.cumsum(x[:t]) / np.arange(1, t + 1)
        path = np.concatenate([[0.0], np.cumsum(means - x[:t] - tolerance)])
        out.append(path[-1] - path.min())
    alarms = [t for t, s in enumerate(out) if s > threshold and t + 1 >= least]
    return {"statistic": out, "first": alarms[0] if alarms else -1}


def cusum(x, target, sd, allowance):
    z = (np.asarray(x) - target) / sd
    down = [max(0.0, max(np.sum(-z[s : t + 1] - allowance) for s in range(t + 1))) for t in range(len(z))]
    up = [max(0.0, max(np.sum(z[s : t + 1] - allowance) for s in range(t + 1))) for t in range(len(z))]
    return {"up": up, "down": down}


drifting = np.concatenate([rng.normal(0.04, 0.05, 60), rng.normal(-0.03, 0.05, 60)]).round(6)

# --- health, from the definition of its components
history = (0.03 + 0.05 * np.sin(np.arange(160) / 25) + rng.normal(0, 0.03, 160)).round(6)
adjusted = (history / 3).round(6)
sigmoid = scipy.special.expit


def health(ic, adj, w):
    a, b, c = ic[-w:], ic[-2 * w : -w], ic[-3 * w : -2 * w]
    v1, v0 = a.mean() - b.mean(), b.mean() - c.mean()
    level = sigmoid((a.mean() - 0.02) / 0.01)
    parts = {
        "level": level,
        "stability": level / (1 + a.std(ddof=1) / 0.1),
        "turnover": sigmoid((adj[-w:].mean() - 0.005) / 0.005),
        "trend": sigmoid(v1 / 0.02),
        "acceleration": sigmoid((v1 - v0) / 0.02),
    }
    return parts, float(np.dot([0.35, 0.2, 0.15, 0.2, 0.1], list(parts.values())))


W, HALF = 20, 10
scores = pd.Series([health(history[: t + 1], adjusted[: t + 1], W)[1] if t + 1 >= 3 * W else np.nan for t in range(160)])
smoothed = scores.dropna().ewm(halflife=HALF, adjust=False).mean().reindex(scores.index)
admitted, inside, first = [], False, True
for s in smoothed:
    if not np.isnan(s):
        inside = s >= 0.3 if first or inside else s > 0.35
        first = False
    admitted.append(int(inside))

# --- weights
correlation = np.array([[1, 0.4, 0.1, -0.2, 0.0], [0.4, 1, 0.2, 0.1, 0.3], [0.1, 0.2, 1, 0.5, -0.1], [-0.2, 0.1, 0.5, 1, 0.2], [0.0, 0.3, -0.1, 0.2, 1]])
records = {
    "momentum": {"ic": 0.03, "health": 0.7, "sharpe": 1.2},
    "carry": {"ic": 0.021, "health": 0.55, "sharpe": 0.4},
    "volatility": {"ic": 0.025, "health": 0.6, "sharpe": -0.3},
    "tailRisk": {"ic": 0.012, "health": 0.35, "sharpe": 0.1},
    "beta": {"ic": -0.004, "health": 0.2, "sharpe": -0.8},
}
budgets = np.array([0.30, 0.25, 0.20, 0.15, 0.10])
weight_cases = []
for excluded, cap, lam in (([], 1.0, 0.5), (["beta"], 0.4, 0.5), ([], 0.35, 2.0), (["beta", "tailRisk"], 1.0, 0.0)):
    names = list(records)
    keep = np.array([name not in excluded for name in names])
    base = np.array([0.5 * r["health"] + 0.5 * sigmoid(r["sharpe"]) for r in records.values()]) * budgets * keep
    base = base / base.sum()
    upper = np.minimum(cap, 2 * base)
    w = cp.Variable(5)
    c = np.array([r["ic"] for r in records.values()]) / 0.02
    cost = lam * cp.quad_form(w, cp.psd_wrap(correlation)) if lam else 0
    problem = cp.Problem(cp.Maximize(c @ w - cost), [cp.sum(w) == 1, w >= 0, w <= upper])
    problem.solve(solver=cp.CLARABEL, tol_gap_abs=1e-12, tol_gap_rel=1e-12, tol_feas=1e-12)
    weight_cases.append({"excluded": excluded, "cap": cap, "lambda": lam, "base": base, "weights": w.value, "objective": problem.value})

# --- regimes
vol = returns["ALPHA"].rolling(15).std()
rank = vol.rolling(80).rank()
terciles = np.floor((rank - 0.5) * 3 / 80)
model = GaussianHMM(2, "diag", implementation="scaling", init_params="", params="stmc", n_iter=400, tol=1e-9, min_covar=0.0, covars_prior=0.0, covars_weight=1.0)
observations = np.concatenate([rng.normal(0.001, 0.006, 150), rng.normal(-0.002, 0.02, 80), rng.normal(0.001, 0.006, 70)]).round(7)
start = {"initial": [0.5, 0.5], "transition": [[0.9, 0.1], [0.2, 0.8]], "means": [0.0005, -0.0005], "variances": [4e-5, 3e-4]}
model.startprob_, model.transmat_ = np.array(start["initial"]), np.array(start["transition"])
model.means_, model.covars_ = np.array(start["means"])[:, None], np.array(start["variances"])[:, None]
X = observations[:, None]
before, smoothed_before = model.score_samples(X)
filtered_before = np.array([model.score_samples(X[: t + 1])[1][-1] for t in range(0, 300, 10)])
model.fit(X)
fitted = {"initial": model.startprob_, "transition": model.transmat_, "means": model.means_[:, 0], "variances": model._covars_[:, 0], "logLikelihood": model.score(X)}

market.write(
    "signals",
    "validation/validation",
    {
        "window": WINDOW,
        "step": STEP,
        "signal": signal,
        "returns": returns,
        "pearson": pearson(1, 1).iloc[::STEP],
        "pearsonLag2Horizon3": pearson(2, 3).iloc[::STEP],
        "spearman": by_column(spearman).iloc[::STEP],
        "hitRate": by_column(hits).iloc[::STEP],
        "turnover": by_column(traded).iloc[::STEP],
        "adjusted": (pearson(1, 1) / (1 + 100 * by_column(traded))).iloc[::STEP],
        "crossSpearman": ic,
        "crossPearson": cross("pearson"),
        "meanIc": newey_west(ic.dropna().to_numpy(), 4),
        "portfolios": sorted_returns.iloc[::STEP],
        "rankAutocorrelation": signal.corrwith(signal.shift(1), axis=1, method="spearman"),
        "pValues": p_values,
        "benjaminiHochberg": multipletests(p_values, method="fdr_bh")[1],
        "benjaminiYekutieli": multipletests(p_values, method="fdr_by")[1],
    },
    scipy,
    statsmodels,
)
market.write(
    "signals",
    "health/health",
    {
        "ic": history,
        "adjusted": adjusted,
        "window": W,
        "halfLife": HALF,
        "components": health(history, adjusted, W)[0],
        "score": health(history, adjusted, W)[1],
        "smoothed": smoothed,
        "admitted": admitted,
        "kolmogorovSmirnov": ks_cases,
        "stability": {"reference": ks_cases[4]["x"], "recent": ks_cases[4]["y"], **psi(ks_cases[4]["x"], ks_cases[4]["y"])},
        "drifting": drifting,
        "pageHinkley": page_hinkley(drifting, 0.005, 0.4, 30),
        "cusum": cusum(drifting, 0.04, 0.05, 0.5),
    },
    scipy,
)
market.write("signals", "combine/weights", {"signals": records, "correlation": correlation, "cases": weight_cases}, cp)
market.write(
    "signals",
    "regime/regimes",
    {
        "returns": returns["ALPHA"],
        "terciles": terciles,
        "observations": observations,
        "start": start,
        "logLikelihood": before,
        "smoothed": smoothed_before[::10],
        "filtered": filtered_before,
        "fitted": fitted,
    },
    hmmlearn,
    scipy,
)
