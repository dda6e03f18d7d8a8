"""Covariances by scikit-learn, pandas, skfolio and PyPortfolioOpt; what they lack, transcribed sum by sum from the
papers; nearest correlations by a semidefinite program (cvxpy, Clarabel); nasty samples in exact fractions."""

from fractions import Fraction

import clarabel
import cvxpy as cp
import numpy as np
import pandas as pd
import scipy
import skfolio
import sklearn
from pypfopt.risk_models import CovarianceShrinkage
from scipy.optimize import minimize_scalar
from skfolio.moments import DenoiseCovariance, DetoneCovariance, GerberCovariance
from sklearn.covariance import OAS, LedoitWolf
from sklearn.decomposition import PCA
from sklearn.neighbors import KernelDensity

import market

def check(what, ours, theirs, tolerance=1e-9):
    error = np.max(np.abs(np.asarray(ours) - np.asarray(theirs))) / np.max(np.abs(theirs))
    print(f"  {what}: {error:.1e}")
    assert error < tolerance, what


def naive_constant_correlation(X):
    """Ledoit & Wolf 2004, appendix B, every sum written out."""
    T, n = X.shape
    x = X - X.mean(axis=0)
    S = x.T @ x / T
    s = np.sqrt(np.diag(S))
    r = np.mean([S[i, j] / (s[i] * s[j]) for i in range(n) for j in range(i)])
    F = np.array([[S[i, i] if i == j else r * s[i] * s[j] for j in range(n)] for i in range(n)])
    pi = rho = 0.0
    for i in range(n):
        for j in range(n):
            moves = x[:, i] * x[:, j] - S[i, j]
            pi_ij = np.mean(moves**2)
            pi += pi_ij
            if i == j:
                rho += pi_ij
            else:
                theta_i = np.mean((x[:, i] ** 2 - S[i, i]) * moves)
                theta_j = np.mean((x[:, j] ** 2 - S[j, j]) * moves)
                rho += r / 2 * (s[j] / s[i] * theta_i + s[i] / s[j] * theta_j)
    intensity = min(1.0, max(0.0, (pi - rho) / np.sum((F - S) ** 2) / T))
    return intensity * F + (1 - intensity) * S, intensity


def naive_single_factor(X, m=None):
    """Ledoit & Wolf 2003: the asymptotic covariance of f_ij and s_ij from their linearisation."""
    T, n = X.shape
    x = X - X.mean(axis=0)
    m = x.mean(axis=1) if m is None else m - m.mean()
    S = x.T @ x / T
    c, v = x.T @ m / T, m @ m / T
    F = np.array([[S[i, i] if i == j else c[i] * c[j] / v for j in range(n)] for i in range(n)])
    pi = rho = 0.0
    for i in range(n):
        for j in range(n):
            moves = x[:, i] * x[:, j] - S[i, j]
            pi += np.mean(moves**2)
            if i == j:
                rho += np.mean(moves**2)
            else:
                d_i, d_j, d_v = x[:, i] * m - c[i], x[:, j] * m - c[j], m * m - v
                f = c[j] / v * d_i + c[i] / v * d_j - c[i] * c[j] / v**2 * d_v
                rho += np.mean(f * moves)
    intensity = min(1.0, max(0.0, (pi - rho) / np.sum((F - S) ** 2) / T))
    return intensity * F + (1 - intensity) * S, intensity


def by_pypfopt(X, target):
    """PyPortfolioOpt's shrinkage, handed the covariance with ddof 0."""
    shrinkage = CovarianceShrinkage(pd.DataFrame(X), returns_data=True, frequency=1)
    shrinkage.S = np.cov(X, rowvar=False, ddof=0)
    matrix, delta = getattr(shrinkage, f"_ledoit_wolf_{target}")()
    return np.asarray(matrix), delta


def shrinkages(X, other_market):
    identity, oas = LedoitWolf().fit(X), OAS().fit(X)
    constant, single = naive_constant_correlation(X), naive_single_factor(X)
    check("constant correlation, PyPortfolioOpt", by_pypfopt(X, "constant_correlation")[0], constant[0])
    check("single factor, PyPortfolioOpt", by_pypfopt(X, "single_factor")[0], single[0])
    named = lambda pair: {"covariance": pair[0], "shrinkage": pair[1]}
    return {
        "returns": X,
        "market": other_market,
        "identity": named((identity.covariance_, identity.shrinkage_)),
        "oas": named((oas.covariance_, oas.shrinkage_)),
        "constant_correlation": named(constant),
        "single_factor": named(single),
        "given_market": named(naive_single_factor(X, other_market)),
    }


def shrinkage_fixture():
    daily = market.returns(150)
    rng = np.random.default_rng(20260107)
    wide = (rng.standard_normal((8, 11)) * rng.uniform(0.005, 0.03, 11) + rng.standard_normal((8, 1)) * 0.01).round(6)
    market.write(
        "core-linalg",
        "covariance/shrinkage",
        {
            "daily": shrinkages(daily.drop(columns="MARKET").to_numpy(), daily["MARKET"].to_numpy()),
            "wide": shrinkages(wide, wide[:, :5].mean(axis=1)),
        },
        sklearn,
    )


def ewma_fixture():
    X = market.returns(90).drop(columns="MARKET").iloc[:, :4]
    cases = []
    for half_life in [0.4, 3.0, 20.0, 1e6]:
        weights = 0.5 ** (np.arange(len(X))[::-1] / half_life)
        values = X.to_numpy()
        last = lambda bias: X.ewm(halflife=half_life).cov(bias=bias).iloc[-4:].to_numpy()
        cases.append(
            {
                "half_life": half_life,
                "mean": X.ewm(halflife=half_life).mean().iloc[-1],
                "unbiased": last(False),
                "biased": last(True),
                "about_zero": (values * weights[:, None]).T @ values / weights.sum(),
                "effective": weights.sum() ** 2 / (weights**2).sum(),
            }
        )
    market.write("core-linalg", "covariance/ewma", {"returns": X, "cases": cases})


def marchenko_pastur_fit(values, q, bandwidth):
    """López de Prado 2020, snippet 2.4 in words: the σ² whose density is nearest that of the eigenvalues."""
    kernel = KernelDensity(kernel="gaussian", bandwidth=bandwidth).fit(values.reshape(-1, 1))

    def error(variance):
        low, high = variance * (1 - q**-0.5) ** 2, variance * (1 + q**-0.5) ** 2
        x = np.linspace(low, high, 1000)
        law = q * np.sqrt(np.maximum(0, (high - x) * (x - low))) / (2 * np.pi * variance * x)
        return np.sum((np.exp(kernel.score_samples(x.reshape(-1, 1))) - law) ** 2)

    grid = np.linspace(1e-5, 1 - 1e-5, 401)
    start = grid[np.argmin([error(v) for v in grid])]
    step = grid[1] - grid[0]
    bounds = (max(1e-5, start - step), min(1 - 1e-5, start + step))
    return minimize_scalar(error, bounds=bounds, method="bounded", options={"xatol": 1e-12}).x


def unit_diagonal(C):
    d = np.sqrt(np.diag(C))
    return C / np.outer(d, d)


def denoised_fixture():
    n, T = 16, 160
    rng = np.random.default_rng(20260111)
    loadings = np.column_stack([rng.uniform(0.4, 0.9, n), np.where(np.arange(n) < 8, 0.6, -0.1)])
    X = rng.standard_normal((T, 2)) @ loadings.T + rng.standard_normal((T, n))
    X *= rng.uniform(0.005, 0.03, n)
    S = np.cov(X, rowvar=False).round(10)
    sigma = np.sqrt(np.diag(S))
    values, vectors = np.linalg.eigh(S / np.outer(sigma, sigma))
    bandwidth = 0.25
    variance = marchenko_pastur_fit(values, T / n, bandwidth)
    noise = int(np.sum(values < variance * (1 + np.sqrt(n / T)) ** 2))
    part = lambda chosen: (vectors[:, chosen] * values[chosen]) @ vectors[:, chosen].T
    quiet, loud = part(slice(0, noise)), part(slice(noise, n))
    flat = vectors[:, :noise] @ vectors[:, :noise].T * values[:noise].mean()
    scaled = lambda C: unit_diagonal(C) * np.outer(sigma, sigma)
    detoned = scaled(S / np.outer(sigma, sigma) - values[-1] * np.outer(vectors[:, -1], vectors[:, -1]))

    Z = X - X.mean(axis=0)  # data whose sample covariance is S, for the libraries that take data only
    exact = Z @ np.linalg.inv(np.linalg.cholesky(np.cov(Z, rowvar=False))).T @ np.linalg.cholesky(S).T
    check("detoned, skfolio", DetoneCovariance(nearest=False).fit(exact).covariance_, detoned)
    theirs = DenoiseCovariance(nearest=False).fit(exact).covariance_
    check("denoised, skfolio (bandwidth 0.01, the same two factors)", theirs, scaled(loud + flat), 1e-6)
    market.write(
        "core-linalg",
        "covariance/denoised",
        {
            "observations": T,
            "bandwidth": bandwidth,
            "covariance": S,
            "noise_variance": variance,
            "factors": n - noise,
            "constant_residual": scaled(loud + flat),
            "targeted_shrinkage": scaled(loud + 0.3 * quiet + 0.7 * np.diag(np.diag(quiet))),
            "clip": scaled(loud),
            "detoned": detoned,
        },
        sklearn,
        scipy,
        skfolio,
    )


def gerber_and_factors_fixture():
    X = market.returns(120, seed=20260103).drop(columns="MARKET")
    thresholds = [0.2, 0.5, 0.9]
    gerber = [GerberCovariance(threshold=c, nearest=False).fit(X.to_numpy()).covariance_ for c in thresholds]
    pca = PCA(n_components=2).fit(X.to_numpy())
    signs = np.array([np.sign(row[np.argmax(np.abs(row))]) for row in pca.components_])
    exposures = (pca.components_ * signs[:, None]).T
    common = (exposures * pca.explained_variance_) @ exposures.T
    specific = X.var().to_numpy() - np.diag(common)
    market.write(
        "core-linalg",
        "covariance/structured",
        {
            "returns": X,
            "gerber": [{"threshold": c, "covariance": m} for c, m in zip(thresholds, gerber)],
            "exposures": exposures,
            "factor_variances": pca.explained_variance_,
            "explained": pca.explained_variance_ratio_,
            "specific": specific,
            "covariance": common + np.diag(specific),
            "last_scores": (pca.transform(X.to_numpy()) * signs)[-5:],
        },
        sklearn,
        skfolio,
    )


def pairwise_population(X):
    """Each pair over its common rows, with ddof 0: pandas' own ddof is for frames without gaps."""
    values = X.to_numpy()
    n = values.shape[1]
    result = np.full((n, n), np.nan)
    for i in range(n):
        for j in range(n):
            both = values[~np.isnan(values[:, i]) & ~np.isnan(values[:, j])]
            if len(both) > 0:
                result[i, j] = np.mean((both[:, i] - both[:, i].mean()) * (both[:, j] - both[:, j].mean()))
    return result


def pairwise_fixture():
    X = market.returns(40, seed=20260104).drop(columns="MARKET")
    rng = np.random.default_rng(20260109)
    X = X.mask(rng.uniform(size=X.shape) < 0.45)
    X.iloc[:, 5] = X.iloc[:, 5].where(X.index < X.index[6])
    market.write(
        "core-linalg",
        "covariance/pairwise",
        {
            "returns": X,
            "mean": X.mean(),
            "covariance": X.cov(),
            "covariance_ddof0": pairwise_population(X),
            "covariance_min8": X.cov(min_periods=8),
        },
    )


def nearest_by_program(C, weights, floor):
    """min ‖W^½ (C − X) W^½‖ over X ⪰ floor·I with ones on the diagonal, as a semidefinite program."""
    n = len(C)
    X = cp.Variable((n, n), symmetric=True)
    root = np.sqrt(np.outer(weights, weights))
    problem = cp.Problem(
        cp.Minimize(cp.sum_squares(cp.multiply(root, X - C))),
        [X - floor * np.eye(n) >> 0, cp.diag(X) == 1],
    )
    problem.solve(solver=cp.CLARABEL, tol_gap_abs=1e-14, tol_gap_rel=1e-14, tol_feas=1e-14)
    return X.value


def nearest_fixture():
    rng = np.random.default_rng(20260110)
    cases = []
    for n in [3, 6, 8]:
        for weighted, floor in [(False, 0.0), (True, 0.0), (True, 0.05)]:
            A = rng.uniform(-1, 1, (n, n)).round(3)
            C = np.tril(A, -1) + np.tril(A, -1).T + np.eye(n)
            weights = rng.uniform(0.5, 4, n).round(2) if weighted else np.ones(n)
            nearest = nearest_by_program(C, weights, floor)
            cases.append({"C": C, "weights": weights, "floor": floor, "nearest": nearest})
    S = np.cov(rng.standard_normal((4, 6)), rowvar=False)
    S[0, 3] = S[3, 0] = S[0, 3] + 0.4
    values, vectors = np.linalg.eigh(S)
    least = 1e-3 * np.mean(np.abs(values))
    clipped = (vectors * np.maximum(values, least)) @ vectors.T
    market.write(
        "core-linalg",
        "covariance/nearest",
        {"cases": cases, "S": S, "floor": 1e-3, "clipped": clipped},
        cp,
        clarabel,
    )


def nasty(t, j):
    """Noise by integers alone, in 64ths: any language makes the same doubles of it."""
    return Fraction((t * 7919 + j * 104729 + (t * t * (j + 1)) % 2003) % 4001 - 2000, 64)


def level(name, t, j):
    return {
        "near zero": 0,
        "at 1e8": 10**8,
        "trend": 10**8 + 1000 * t,
        "spike first": 10**9 if t == 0 else 0,
        "spike later": 10**9 if t == 700 else 0,
        "levels apart": 10 ** (4 * j),
    }[name]


def nasty_fixture():
    T, n = 1000, 3
    cases = []
    for name in ["near zero", "at 1e8", "trend", "spike first", "spike later", "levels apart"]:
        x = [[nasty(t, j) + level(name, t, j) for j in range(n)] for t in range(T)]
        assert all(Fraction(float(v)) == v for row in x for v in row)
        mean = [sum(row[j] for row in x) / T for j in range(n)]
        covariance = [
            [float(sum((row[i] - mean[i]) * (row[j] - mean[j]) for row in x) / (T - 1)) for j in range(n)]
            for i in range(n)
        ]
        cases.append({"name": name, "mean": [float(m) for m in mean], "covariance": covariance})
    market.write("core-linalg", "covariance/nasty", {"rows": T, "columns": n, "cases": cases})


shrinkage_fixture()
ewma_fixture()
denoised_fixture()
gerber_and_factors_fixture()
pairwise_fixture()
nearest_fixture()
nasty_fixture()
