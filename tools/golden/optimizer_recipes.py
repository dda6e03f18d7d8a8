"""Fixtures of the recipes: risk budgets, clusters, shortfall and views, each by another's code or another's method.

Risk parity by a root of the first-order conditions in 40 digits; clusters by scipy; expected shortfall by scipy's HiGHS; views as
one generalised least squares; Sharpe, capped, robust and cheapest portfolios by cvxpy and Clarabel.
"""

import cvxpy as cp
import mpmath
import numpy as np
import scipy
from scipy.cluster.hierarchy import leaves_list, linkage
from scipy.optimize import linprog
from scipy.spatial.distance import pdist, squareform

import market

frame = market.returns()[market.ASSETS]
returns = frame.to_numpy()
covariance, mean = np.cov(returns, rowvar=False), returns.mean(axis=0)
n = len(mean)


def solve(problem):
    """To as many digits as Clarabel proves."""
    for digits in (11, 10, 9, 8):
        tolerance = 10.0**-digits
        problem.solve(solver=cp.CLARABEL, tol_gap_abs=tolerance, tol_gap_rel=tolerance, tol_feas=tolerance, max_iter=500)
        if problem.status == "optimal":
            return
    raise AssertionError(problem.status)


def risk_parity(budgets):
    """x_i (Sx)_i = b_i by Newton's method in 40 digits from scipy's minimum."""
    with mpmath.workdps(40):
        S = mpmath.matrix(covariance.tolist())
        b = [mpmath.mpf(v) / mpmath.fsum(map(mpmath.mpf, budgets)) for v in budgets]
        x = mpmath.matrix([1 / mpmath.sqrt(n * S[i, i]) for i in range(n)])
        for _ in range(60):
            image = S * x
            F = mpmath.matrix([image[i] - b[i] / x[i] for i in range(n)])
            J = S.copy()
            for i in range(n):
                J[i, i] += b[i] / x[i] ** 2
            step = mpmath.lu_solve(J, F)
            length = mpmath.mpf(1)
            while any(x[i] - length * step[i] <= 0 for i in range(n)):
                length /= 2
            x = x - length * step
        total = mpmath.fsum(x)
        return [float(v / total) for v in x]


def hierarchical(method, distance):
    """López de Prado's three steps with scipy's tree."""
    sd = np.sqrt(np.diag(covariance))
    corr = covariance / np.outer(sd, sd)
    d = np.sqrt(np.maximum(0, (1 - corr) / 2))
    np.fill_diagonal(d, 0)
    tree = linkage(pdist(d) if distance == "columns" else squareform(d, checks=False), method)
    order = leaves_list(tree).tolist()
    weights = np.ones(n)

    def variance(cluster):
        block = covariance[np.ix_(cluster, cluster)]
        inverse = 1 / np.diag(block)
        inverse /= inverse.sum()
        return inverse @ block @ inverse

    clusters = [order]
    while clusters:
        halves = [(c[: len(c) // 2], c[len(c) // 2 :]) for c in clusters if len(c) > 1]
        for left, right in halves:
            a, b = variance(left), variance(right)
            weights[left] *= b / (a + b)
            weights[right] *= a / (a + b)
        clusters = [half for pair in halves for half in pair]
    return {"linkage": method, "distance": distance, "order": order, "weights": weights, "heights": tree[:, 2]}


def shortfall(confidence, least_return=None, upper=1.0, lower=0.0):
    S = len(returns)
    c = np.concatenate([np.zeros(n), [1], np.full(S, 1 / ((1 - confidence) * S))])
    A = np.hstack([-returns, -np.ones((S, 1)), -np.eye(S)])
    b = np.zeros(S)
    if least_return is not None:
        A = np.vstack([A, np.concatenate([-mean, np.zeros(S + 1)])])
        b = np.append(b, -least_return)
    budget = np.concatenate([np.ones(n), np.zeros(S + 1)])[None, :]
    bounds = [(lower, upper)] * n + [(None, None)] + [(0, None)] * S
    result = linprog(c, A_ub=A, b_ub=b, A_eq=budget, b_eq=[1], bounds=bounds, method="highs-ds",
                     options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10})
    assert result.status == 0
    return {"confidence": confidence, "leastReturn": least_return, "lower": lower, "upper": upper,
            "shortfall": result.fun, "weights": result.x[:n]}


def views(picks, expected, tau, omega, prior):
    """Prior and views as one least-squares problem in the mean: [I; P] m = [pi; q], errors tau S and omega."""
    X = np.vstack([np.eye(n), picks])
    W = np.block([[np.linalg.inv(tau * covariance), np.zeros((n, len(omega)))],
                  [np.zeros((len(omega), n)), np.linalg.inv(omega)]])
    M = np.linalg.inv(X.T @ W @ X)
    return M @ X.T @ W @ np.concatenate([prior, expected]), covariance + M


def sharpe(lower, upper, risk_free):
    """The ratio's homogeneous form: least y'Sy with (mu - rf)'y = 1 and the limits scaled by k = sum y."""
    y, k = cp.Variable(n), cp.Variable()
    root = np.linalg.cholesky(covariance)
    excess = mean - risk_free
    problem = cp.Problem(cp.Minimize(cp.sum_squares(root.T @ y / 100)),
                         [1000 * excess @ y == 1000, cp.sum(y) == k, k >= 0, y >= lower * k, y <= upper * k])
    solve(problem)
    w = y.value / k.value
    return {"lower": lower, "upper": upper, "riskFree": risk_free, "weights": w,
            "sharpe": excess @ w / np.sqrt(w @ covariance @ w)}


def conic(objective_of, limits_of, **given):
    w = cp.Variable(n)
    root = np.linalg.cholesky(covariance)
    volatility = cp.norm(100 * root.T @ w) / 100
    problem = cp.Problem(cp.Maximize(1e3 * objective_of(w, volatility)), limits_of(w, volatility))
    solve(problem)
    return {**given, "weights": w.value, "objective": problem.value / 1e3}


budgets = [[1.0] * n, [1.0, 2.0, 3.0, 4.0, 5.0, 6.0], [0.9, 0.02, 0.02, 0.02, 0.02, 0.02]]
picks = np.array([[1, 0, 0, 0, 0, 0], [0, 1, -1, 0, 0, 0], [0, 0, 0, 0.5, 0.5, -1]], dtype=float)
expected = np.array([0.0012, 0.0003, -0.0002])
market_weights = np.array([0.3, 0.2, 0.15, 0.15, 0.1, 0.1])
delta, tau = 2.5, 0.05
prior = delta * covariance @ market_weights
own = tau * np.diag(picks @ covariance @ picks.T)
confidences = np.array([0.25, 0.5, 0.9])
sure = own * (1 - confidences) / confidences
full = np.diag(own) + 0.2 * np.sqrt(np.outer(own, own)) * (1 - np.eye(3))
posteriors = [{"kind": kind, "omega": omega, **dict(zip(("mean", "covariance"), views(picks, expected, tau, omega, prior)))}
              for kind, omega in (("default", np.diag(own)), ("confidences", np.diag(sure)), ("matrix", full))]
box = np.array([0.0002, 0.0001, 0.0003, 0.0, 0.0004, 0.0001])
band = lambda w: [cp.sum(w) == 0, cp.norm1(w) <= 2, w >= -0.8, w <= 0.8]
full_long = lambda w: [cp.sum(w) == 1, w >= 0]
long_rate, short_rate = np.linspace(1e-4, 3e-4, n), np.linspace(-1e-4, 2e-4, n)
payload = {
    "covariance": covariance,
    "mean": mean,
    "riskParity": [{"budgets": b, "weights": risk_parity(b)} for b in budgets],
    "hierarchical": [hierarchical(m, d) for m in ("single", "complete", "average", "ward") for d in ("columns", "correlation")],
    "returns": returns[:240],
    "views": {"picks": picks, "expected": expected, "marketWeights": market_weights, "delta": delta, "tau": tau,
              "confidences": confidences, "prior": prior, "posteriors": posteriors},
    "sharpe": [sharpe(0.0, 1.0, 0.0), sharpe(0.0, 0.4, 0.0001), sharpe(-0.3, 0.6, -0.0001)],
    "capped": [conic(lambda w, v: mean @ w, lambda w, v: [*full_long(w), 1e3 * v <= 1e3 * cap], volatility=cap) for cap in (0.0075, 0.009)]
    + [conic(lambda w, v: mean @ w, lambda w, v: [*band(w), 1e3 * v <= 6], volatility=0.006, isLongShort=True)],
    "cappedUtility": [conic(lambda w, v: mean @ w - 0.5 * v**2, lambda w, v: [*band(w), 1e3 * v <= 5], volatility=0.005, riskAversion=0.5)],
    "robust": [
        conic(lambda w, v: mean @ w - box @ cp.abs(w) - 2 * v**2, lambda w, v: band(w), box=box, riskAversion=2),
        conic(lambda w, v: mean @ w - 0.02 * v - 2 * v**2, lambda w, v: band(w), ellipsoid=0.02, riskAversion=2),
        conic(lambda w, v: mean @ w - 0.03 * v, lambda w, v: full_long(w), ellipsoid=0.03, riskAversion=0, isLong=True),
    ],
    "funding": [conic(lambda w, v: -(long_rate @ w + np.maximum(long_rate + short_rate, 0) @ cp.neg(w)),
                      lambda w, v: [*band(w), mean @ w >= least], leastReturn=least, long=long_rate, short=short_rate)
                for least in (1e-4, 3e-4)],
}
returns = returns[:240]
mean = returns.mean(axis=0)
payload["shortfall"] = [shortfall(0.95), shortfall(0.9, upper=0.4), shortfall(0.95, least_return=0.0004), shortfall(0.97, lower=-0.2, upper=0.6)]
payload["shortfallMean"] = mean
market.write("optimizer", "recipes/recipes", payload, np, scipy, cp, mpmath)
