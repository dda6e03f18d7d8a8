"""Stress tests: held books replayed with numpy, conditional moves by regression, reverse stress by cvxpy's quadratic programs."""

import cvxpy as cp
import numpy as np
import scipy
from scipy.stats import norm, t as student

from market import ASSETS, returns, write

frame = returns()
X = frame[ASSETS].to_numpy()
market = frame["MARKET"].to_numpy()
S = np.cov(X.T)
mu = X.mean(axis=0)
betas = np.array([np.polyfit(market, x, 1)[0] for x in X.T]).round(4)
notionals = np.array([400.0, -250.0, 300.0, 150.0, -100.0, 200.0])
capital = 500.0


def replayed(path):
    prices = np.maximum(np.cumprod(1 + path, axis=0), 0)
    pnl = notionals * (prices - 1)
    equity = np.concatenate([[capital], capital + pnl.sum(axis=1)])
    return {
        "pnl": pnl[-1],
        "equity": equity,
        "maxDrawdown": (equity / np.maximum.accumulate(equity) - 1).min(),
        "worstDay": int(equity.argmin()),
    }


def crisis(crash, days):
    share = np.arange(1, days + 1)[:, None] / days
    prices = np.maximum(1 + betas * crash * share, 0)
    return {"pnl": notionals * (prices[-1] - 1), "equity": capital + (notionals * (prices - 1)).sum(axis=1)}


def stressed(multiple, rho):
    sigma = np.sqrt(np.diag(S))
    C = S / np.outer(sigma, sigma)
    off = ~np.eye(len(C), dtype=bool)
    mean = C[off].mean()
    weight = max(0.0, (rho - mean) / (1 - mean))
    C = (1 - weight) * C + weight
    return C * np.outer(sigma, sigma) * multiple**2, C[off].mean(), weight


def risk(covariance, confidence, horizon):
    sigma = np.sqrt(notionals @ covariance @ notionals * horizon)
    z = norm.ppf(confidence)
    return {
        "volatility": sigma,
        "valueAtRisk": z * sigma,
        "expectedShortfall": sigma * norm.pdf(z) / (1 - confidence),
    }


def reverse(loss, mean, low, high):
    """min (x − μ)ᵀ Σ⁻¹ (x − μ) subject to the loss and the bounds, in the scale of daily moves."""
    root = np.linalg.cholesky(np.linalg.inv(S)).T
    x = cp.Variable(len(S))
    constraints = [notionals @ x <= -loss]
    if low is not None:
        constraints.append(x >= low)
    if high is not None:
        constraints.append(x <= high)
    problem = cp.Problem(cp.Minimize(cp.sum_squares(root @ (x - mean))), constraints)
    problem.solve(solver=cp.CLARABEL, tol_gap_abs=1e-13, tol_gap_rel=1e-13, tol_feas=1e-13)
    d = (loss + notionals @ mean) / np.sqrt(notionals @ S @ notionals)
    nu = 5
    return {
        "loss": loss,
        "mean": mean,
        "low": low,
        "high": high,
        "status": problem.status,
        "shocks": None if x.value is None else x.value,
        "distance": None if x.value is None else np.sqrt(problem.value),
        "probability": norm.sf(d),
        "probabilityStudentT5": student.sf(d * np.sqrt(nu / (nu - 2)), nu),
    }


zero = np.zeros(len(S))
sigma = np.sqrt(np.diag(S))
moved = [0, 3]
others = [1, 2, 4, 5]
given = np.array([-0.1, 0.04])
# The best linear guess by least squares on demeaned returns: the same numbers as Σ_us Σ_ss⁻¹.
centred = X - mu
guess = np.linalg.lstsq(centred[:, moved], centred[:, others], rcond=None)[0]
conditional = np.zeros(6)
conditional[moved] = given
conditional[others] = given @ guess
write(
    "risk",
    "stress/stress",
    {
        "assets": ASSETS,
        "returns": X[:120],
        "covariance": S,
        "mean": mu,
        "betas": betas,
        "notionals": notionals,
        "capital": capital,
        "history": replayed(X[20:50]),
        "crises": {
            "blackMonday1987": crisis(-0.2, 1),
            "ltcm1998": crisis(-0.15, 5),
            "financialCrisis2008": crisis(-0.4, 60),
        },
        "conditional": {"moved": moved, "given": given, "moves": conditional},
        "windows": {
            days: dict(zip(("pnl", "first"), min(
                ((notionals * (np.prod(1 + X[:120][first : first + days], axis=0) - 1)).sum(), first)
                for first in range(120 - days + 1)
            )))
            for days in (1, 5, 20, 60)
        },
        "usualRisk": risk(S, 0.99, 1),
        "ladder": [
            {"level": rho, "average": average, "weight": weight, **risk(C, 0.975, 10)}
            for rho in (0.0, 0.5, 0.8, 0.95)
            for C, average, weight in [stressed(1, rho)]
        ],
        "stressedRisk": {"multiple": 4, "correlation": 0.8, **risk(stressed(4, 0.8)[0], 0.99, 1)},
        "reverse": [
            reverse(20.0, zero, None, None),
            reverse(20.0, mu, None, None),
            reverse(20.0, zero, -1.5 * sigma, None),
            reverse(20.0, zero, -1.5 * sigma, 0.3 * sigma),
            reverse(25.0, mu, -3 * sigma, 0.5 * sigma),
            reverse(12.0, mu, -0.9 * sigma, sigma),
            reverse(20.0, zero, -0.2 * sigma, 0.2 * sigma),
        ],
    },
    scipy,
    cp,
)
