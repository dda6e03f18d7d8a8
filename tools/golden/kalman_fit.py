"""Fixtures of @astra-quant/kalman's fit, smoother of a regression and diagnostics: statsmodels' maximum likelihood of the
random-walk line, its observed information by differences and its tests of residuals, and a smoother in 60 digits."""

import market
import mpmath as mp
import numpy as np
import scipy
import statsmodels
import statsmodels.api as sm
from scipy import optimize
from statsmodels.stats.diagnostic import acorr_ljungbox
from statsmodels.tools.numdiff import approx_hess
from statsmodels.tsa.statespace.initialization import Initialization
from statsmodels.tsa.statespace.mlemodel import MLEModel


class Line(MLEModel):
    """Coefficients of 1 and x − shift: the shift keeps the digits, and its Q is that of the line itself."""

    def __init__(self, x, y, shift):
        y = np.where(np.isnan(x), np.nan, y)
        super().__init__(y, k_states=2, initialization=None)
        self.shift = shift
        self.ssm["design"] = np.array([np.ones(len(x)), np.where(np.isnan(x), 0, x - shift)])[None, :, :]
        self.ssm["transition"] = np.eye(2)
        self.ssm["selection"] = np.eye(2)
        self.ssm.initialization = Initialization(2, "diffuse")

    def at(self, delta, R):
        a = self.shift
        self.ssm["state_cov"] = delta * np.array([[1 + a * a, a], [a, 1]])
        self.ssm["obs_cov", 0, 0] = R
        return self.ssm

    def log_likelihood(self, delta, R):
        return self.at(delta, R).filter().llf_obs.sum()


def simulated(bars, delta, R, seed, level=50.0):
    rng = np.random.default_rng(seed)
    x = (level + np.cumsum(rng.normal(0, 0.3, bars))).round(4)
    a = 2 + np.cumsum(rng.normal(0, np.sqrt(delta), bars))
    b = 1.5 + np.cumsum(rng.normal(0, np.sqrt(delta), bars))
    y = (a + b * x + rng.normal(0, np.sqrt(R), bars)).round(5)
    return x, y


def smoothed(x, y, delta, R):
    """Information from before and from after, in 60 digits: statsmodels' diffuse smoother keeps two of its standard
    deviations where the first x are near one another."""
    mp.mp.dps = 60
    a = mp.mpf(float(np.nanmean(x)))
    delta, R = mp.mpf(float(delta)), mp.mpf(float(R))
    Qi = (delta * mp.matrix([[1 + a * a, a], [a, 1]])) ** -1
    own = []
    for xt, yt in zip(x, y):
        if np.isnan(xt) or np.isnan(yt):
            own.append((mp.matrix(2, 2), mp.matrix(2, 1)))
            continue
        z = mp.matrix([1, mp.mpf(float(xt)) - a])
        own.append((z * z.T / R, z * mp.mpf(float(yt)) / R))

    def messages(bars):
        out = [(mp.matrix(2, 2), mp.matrix(2, 1))]
        for J, j in bars[:-1]:
            L, l = out[-1]
            inverse = (L + J + Qi) ** -1
            out.append((Qi - Qi * inverse * Qi, Qi * inverse * (l + j)))
        return out

    before, after = messages(own), messages(own[::-1])[::-1]
    w = mp.matrix([1, -a])
    out = {"intercept": [], "slope": [], "interceptStd": [], "slopeStd": []}
    for (F, f), (B, b), (J, j) in zip(before, after, own):
        V = (F + B + J) ** -1
        m = V * (f + b + j)
        out["intercept"].append(float((w.T * m)[0]))
        out["slope"].append(float(m[1]))
        out["interceptStd"].append(float(mp.sqrt((w.T * V * w)[0])))
        out["slopeStd"].append(float(mp.sqrt(V[1, 1])))
    return out


def fitted(x, y):
    model = Line(x, y, float(np.nanmean(x)))
    f = lambda p: -model.log_likelihood(*np.exp(p))
    best = min(
        (optimize.minimize(f, start, method="Nelder-Mead", options={"xatol": 1e-10, "fatol": 1e-12, "maxiter": 4000})
         for start in ([-12.0, -4.0], [-8.0, -2.0])),
        key=lambda r: r.fun,
    )
    covariance = np.linalg.inv(approx_hess(best.x, f, epsilon=np.full(2, 3e-3)))
    logs = np.sqrt(np.diag(covariance))
    delta, R = np.exp(best.x)
    return {
        "x": x,
        "y": y,
        "delta": delta,
        "observationVariance": R,
        "logLikelihood": -best.fun,
        "standardErrors": {
            "logDelta": logs[0],
            "logObservationVariance": logs[1],
            "delta": delta * logs[0],
            "observationVariance": R * logs[1],
        },
        "smoothed": smoothed(x, y, delta, R),
    }


def diagnosed():
    rng = np.random.default_rng(20267)
    z = (rng.standard_t(4, 150) * np.linspace(0.6, 1.4, 150)).round(6)
    h = round(len(z) / 3)
    ratio = np.sum(z[-h:] ** 2) / np.sum(z[:h] ** 2)
    box = acorr_ljungbox(z, lags=[12])
    jb, p, skew, kurtosis = sm.stats.jarque_bera(z)
    F = scipy.stats.f(h, h)
    chi = scipy.stats.chi2(len(z))
    nis = float(np.sum(z**2))
    return {
        "z": z,
        "autocorrelation": {"statistic": box["lb_stat"].iloc[0], "pValue": box["lb_pvalue"].iloc[0]},
        "normality": {"statistic": jb, "pValue": p, "skewness": skew, "kurtosis": kurtosis},
        "heteroscedasticity": {"statistic": ratio, "pValue": 2 * min(F.cdf(ratio), F.sf(ratio)), "window": h},
        "consistency": {
            "statistic": nis,
            "pValue": 2 * min(chi.cdf(nis), chi.sf(nis)),
            "lower": chi.ppf(0.025) / len(z),
            "upper": chi.ppf(0.975) / len(z),
        },
    }


drifting = simulated(250, 2e-6, 4e-3, 20271)
gaps_x, gaps_y = (series.copy() for series in simulated(220, 5e-6, 1e-3, 20272, 20.0))
gaps_x[[0, 30, 31]] = np.nan
gaps_y[[5, 100]] = np.nan
market.write(
    "kalman",
    "fit/likelihood",
    {"drifting": fitted(*drifting), "gaps": fitted(gaps_x, gaps_y)},
    statsmodels,
    scipy,
)
market.write("kalman", "diagnostics/innovations", diagnosed(), statsmodels, scipy)
