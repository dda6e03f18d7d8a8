"""Fixtures of packages/optimizer: portfolios by cvxpy + Clarabel, polished on their active set.

The interior point says which weights and limits are active; the equations of that active set are then solved
exactly, and the KKT conditions are checked in the maker itself.
"""

import cvxpy as cp
import numpy as np

import market

LIMITS = 1e-7


def solve(cov, mu, gamma, gross=None, net=(None, None), lower=None, upper=None):
    """Minimise gamma w'Sw - mu'w by cvxpy, then exactly on the active set; objective in the user's sense."""
    n = len(mu)
    w = cp.Variable(n)
    scale = 1 / np.sqrt(np.mean(np.diag(cov)))
    root = np.linalg.cholesky(cov + 1e-18 * np.eye(n)) if np.linalg.matrix_rank(cov) == n else None
    if root is None:
        values, vectors = np.linalg.eigh(cov)
        root = vectors * np.sqrt(np.maximum(values, 0))
    risk = cp.sum_squares(scale * root.T @ w)
    limits = []
    if gross is not None:
        limits.append(cp.norm1(w) <= gross)
    if net[0] is not None:
        limits.append(cp.sum(w) >= net[0])
    if net[1] is not None:
        limits.append(cp.sum(w) <= net[1])
    if lower is not None:
        limits.append(w >= lower)
    if upper is not None:
        limits.append(w <= upper)
    problem = cp.Problem(cp.Minimize(gamma * risk - scale**2 * (mu @ w)), limits)
    problem.solve(solver=cp.CLARABEL, tol_gap_abs=1e-13, tol_gap_rel=1e-13, tol_feas=1e-13)
    return polish(cov, mu, gamma, w.value, gross, net, lower, upper)


def polish(cov, mu, gamma, w, gross, net, lower, upper):
    n = len(mu)
    fixed = np.full(n, np.nan)
    for bound in (lower, upper):
        if bound is not None:
            at = np.abs(w - bound) < LIMITS
            fixed[at] = np.broadcast_to(bound, n)[at]
    sign = np.sign(w)
    gross_holds = gross is not None and np.abs(w).sum() > gross - LIMITS
    if gross_holds:
        fixed[(np.abs(w) < LIMITS) & np.isnan(fixed)] = 0.0
    free = np.isnan(fixed)
    held = np.where(free, 0.0, fixed)
    rows, rights = [], []
    if gross_holds:
        rows.append(sign * free)
        rights.append(gross - np.abs(held).sum())
    level = next((side for side in net if side is not None and abs(w.sum() - side) < LIMITS), None)
    if level is not None:
        rows.append(free.astype(float))
        rights.append(level - held.sum())
    k = free.sum()
    A = np.array([row[free] for row in rows]).reshape(len(rows), k)
    K = np.block([[2 * gamma * cov[np.ix_(free, free)], A.T], [A, np.zeros((len(rows), len(rows)))]])
    right = np.concatenate([mu[free] - 2 * gamma * cov[np.ix_(free, ~free)] @ fixed[~free], rights])
    solution = np.linalg.solve(K, right)
    solution += np.linalg.solve(K, right - K @ solution)
    exact = held.copy()
    exact[free] = solution[:k]
    multipliers = list(solution[k:])
    lam = multipliers.pop(0) if gross_holds else 0.0
    eta = multipliers.pop(0) if level is not None else 0.0
    check(cov, mu, gamma, exact, lam, eta, free, lower, upper)
    assert np.abs(exact - w).max() < 1e-4, np.abs(exact - w).max()
    return {"weights": exact, "lambda": lam, "eta": eta}


def check(cov, mu, gamma, w, lam, eta, free, lower, upper):
    """The KKT conditions: a free weight has no slope, one at a kink or bound presses into it."""
    slope = 2 * gamma * cov @ w - mu + eta
    size = max(np.abs(mu).max(), np.abs(2 * gamma * cov @ w).max(), 1e-300)
    assert lam >= -1e-9 * size
    for i, s in enumerate(slope):
        right = s + lam * (1 if w[i] >= 0 else -1)
        left = s + lam * (1 if w[i] > 0 else -1)
        at_upper = upper is not None and w[i] == np.broadcast_to(upper, len(w))[i]
        at_lower = lower is not None and w[i] == np.broadcast_to(lower, len(w))[i]
        if free[i]:
            assert abs(right) < 1e-9 * size, (i, right)
        assert at_upper or right > -1e-9 * size, (i, right)
        assert at_lower or left < 1e-9 * size, (i, left)


frame = market.returns()[market.ASSETS]
long, short = frame.to_numpy(), frame.to_numpy()[-60:]
covariance, mean = np.cov(long, rowvar=False), long.mean(axis=0)

cases = []


def add(name, cov, mu, risk_aversion, **limits):
    solved = solve(cov, mu, risk_aversion, **limits)
    w = solved["weights"]
    cases.append(
        {
            "name": name,
            "covariance": cov,
            "expectedReturns": mu,
            "riskAversion": risk_aversion,
            "limits": {key: value for key, value in limits.items()},
            "utility": mu @ w - risk_aversion * w @ cov @ w,
            "variance": w @ cov @ w,
            **solved,
        }
    )


for risk_aversion in (0.1, 1.0, 10.0, 50.0, 300.0):
    for gross, band in ((2.0, 0.05), (1.0, 0.0), (3.0, 0.1)):
        add(f"long-short {risk_aversion} {gross} {band}", covariance, mean, risk_aversion, gross=gross, net=(-band, band))
add("boxes", covariance, mean, 5.0, gross=1.5, net=(-0.1, 0.1), lower=-0.3, upper=0.3)
add("long only, fully invested", covariance, mean, 5.0, net=(1.0, 1.0), lower=0.0)
add("long only, gross below one", covariance, mean, 5.0, gross=0.8, lower=0.0, upper=0.5)
add("net alone", covariance, mean, 8.0, net=(0.2, None))
add("unlimited", covariance, mean, 8.0)
add("last 60 days", np.cov(short, rowvar=False), short.mean(axis=0), 5.0, gross=2.0, net=(-0.05, 0.05))
zero = np.zeros(6)
add("minimum variance, long only", covariance, zero, 1.0, net=(1.0, 1.0), lower=0.0)
add("minimum variance", covariance, zero, 1.0, net=(1.0, 1.0))
add("minimum variance, gross 1.2", covariance, zero, 1.0, net=(1.0, 1.0), gross=1.2)

market.write("optimizer", "portfolio/portfolios", {"cases": cases}, cp)
