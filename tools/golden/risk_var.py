"""Value at risk: the exact law of compounded days, fixed shocks, other laws, decompositions and backtests."""

import numpy as np
import scipy
from scipy import integrate, optimize, stats
from scipy.stats import norm

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


def student_t(w, S, mu, nu, horizon, confidence):
    """A t of the given variance over the horizon, its tail mean by integration."""
    sigma = np.sqrt(w @ S @ w * horizon * (nu - 2) / nu)
    law = stats.t(nu, w @ mu * horizon, sigma)
    q = law.ppf(1 - confidence)
    z = (q - w @ mu * horizon) / sigma
    es = -integrate.quad(lambda t: t * stats.t.pdf(t, nu), -np.inf, z, epsabs=0, epsrel=1e-13)[0] * sigma / (1 - confidence)
    return {
        "studentT": nu, "drift": bool(mu.any()), "horizon": horizon, "confidence": confidence,
        "valueAtRisk": -q, "expectedShortfall": es - w @ mu * horizon,
    }  # fmt: skip


def cornish_fisher(mean, sigma, skew, kurt, alpha):
    """The expansion's quantile, and its tail mean by integration over the normal."""

    def x(z):
        return z + (z**2 - 1) * skew / 6 + (z**3 - 3 * z) * kurt / 24 - (2 * z**3 - 5 * z) * skew**2 / 36

    c = norm.ppf(alpha)
    es = -integrate.quad(lambda z: (mean + sigma * x(z)) * norm.pdf(z), -40, c, epsabs=0, epsrel=1e-13)[0] / alpha
    grid = x(np.linspace(-8.3, 8.3, 400001))
    tail = x(np.linspace(-8.3, c, 400001))
    above = x(np.linspace(c, 8.3, 400001)[1:])
    if np.all(np.diff(grid) > 0):
        valid = "everywhere"
    else:
        valid = "in-the-tail" if np.all(np.diff(tail) > 0) and np.all(above > x(c)) else "crossing"
    return {
        "moments": {"mean": mean, "volatility": sigma, "skewness": skew, "kurtosis": kurt},
        "alpha": alpha,
        "valueAtRisk": -(mean + sigma * x(c)),
        "expectedShortfall": es,
        "valid": valid,
    }


def quadratic(delta, gamma, S, theta, alpha):
    """The law of a quadratic form by inverting its characteristic function with adaptive quadrature."""
    L = np.linalg.cholesky(S)
    lam, U = np.linalg.eigh(L.T @ gamma @ L)
    b = U.T @ L.T @ delta
    mean = theta + lam.sum() / 2
    sd = np.sqrt((lam**2).sum() / 2 + b @ b)
    edges = np.linspace(0, 8000, 27_001) / sd
    nodes, weights = np.polynomial.legendre.leggauss(16)
    u = (edges[:-1, None] + np.diff(edges)[:, None] * (nodes + 1) / 2).ravel()
    du = (np.diff(edges)[:, None] * weights / 2).ravel()
    z = 1 - 1j * np.outer(u, lam)
    phi = np.exp(1j * u * theta + np.sum(-0.5 * np.log(z) - 0.5 * (b * u[:, None]) ** 2 / z, axis=1))

    def cdf(x):
        return 0.5 - np.sum(du / u * (phi.imag * np.cos(u * x) - phi.real * np.sin(u * x))) / np.pi

    q = optimize.brentq(lambda x: cdf(x) - alpha, mean - 12 * sd, mean, xtol=1e-14)
    points, sides = np.polynomial.legendre.leggauss(200)
    # A form that only curves upwards has a least value, where its distribution begins.
    low = theta - (b**2 / lam).sum() / 2 if (lam > 0).all() else q - 25 * sd
    area = sum(side * cdf(low + (p + 1) / 2 * (q - low)) for p, side in zip(points, sides)) * (q - low) / 2
    return {
        "delta": delta, "gamma": gamma, "covariance": S, "theta": theta, "alpha": alpha,
        "valueAtRisk": -q, "expectedShortfall": -(q - area / alpha),
        "mean": mean, "volatility": sd,
        "skewness": (np.sum(lam**3) + 3 * np.sum(b**2 * lam)) / sd**3,
        "kurtosis": (3 * np.sum(lam**4) + 12 * np.sum(b**2 * lam**2)) / sd**4,
    }  # fmt: skip


def age_weighted(x, decay, alpha):
    """Weights by age, worst first, cumulated to the middle of each, linear between."""
    age = np.arange(len(x))[::-1]
    weight = decay**age * (1 - decay) / (1 - decay ** len(x))
    order = np.argsort(x, kind="stable")
    n, x, weight = len(x), x[order], weight[order]
    middle = np.cumsum(weight) - weight / 2
    q = np.interp(alpha, middle, x)
    taken = np.clip(alpha - (np.cumsum(weight) - weight), 0, weight)
    return {"n": n, "decay": decay, "alpha": alpha, "valueAtRisk": -q, "expectedShortfall": -(taken @ x) / alpha}


def filtered(x, step, warm, confidence):
    variance = np.mean(x[:warm] ** 2)
    z = []
    for r in x[warm:]:
        z.append(r / np.sqrt(variance))
        variance = step(variance, r)
    sample = np.array(z) * np.sqrt(variance)
    return {
        "volatility": np.sqrt(variance),
        "valueAtRisk": -np.quantile(sample, ALPHAS[confidence]),
        "expectedShortfall": historical(sample, confidence)["rockafellarUryasev"],
        "lastStandardised": z[-1],
    }


def components(X, w, alpha):
    """The shares of a historical shortfall, and Euler's by a small change of each weight."""
    r = X @ w
    count = len(r) * alpha
    part = np.clip(count - np.arange(len(r)), 0, 1)
    tail = -(part[:, None] * X[np.argsort(r, kind="stable")] * w).sum(axis=0) / count

    def shortfall(weights):
        return -(part @ np.sort(X @ weights)) / count

    step = 1e-6
    bumps = np.array([shortfall(w + step * e) - shortfall(w - step * e) for e in np.eye(len(w))])
    return {
        "weights": w, "alpha": alpha, "total": shortfall(w), "component": tail, "marginal": bumps / (2 * step),
        "standalone": np.array([shortfall(e * w) for e in np.eye(len(w))]),
        "incremental": np.array([shortfall(w) - shortfall(w * (1 - e)) for e in np.eye(len(w))]),
        "valueAtRisk": -np.quantile(r, alpha),
        "incrementalVar": np.array([np.quantile(r - X[:, i] * w[i], alpha) for i in range(len(w))]) - np.quantile(r, alpha),
    }  # fmt: skip


def log_ratio(x, n, p):
    """log of the binomial likelihood at p over that at the observed frequency."""
    return stats.binom.logpmf(x, n, p) - stats.binom.logpmf(x, n, x / n) if n else 0.0


def coverage(hits, p):
    """Likelihood ratios by scipy's binomial, the dynamic quantile test by numpy's least squares."""
    n, x = len(hits), int(hits.sum())
    uc = -2 * log_ratio(x, n, p)
    pairs = np.array([[np.sum((hits[:-1] == i) & (hits[1:] == j)) for j in (0, 1)] for i in (0, 1)])
    after = pairs.sum(axis=1)
    pooled = pairs[:, 1].sum() / pairs.sum()
    ind = -2 * sum(log_ratio(pairs[i, 1], after[i], pooled) for i in (0, 1)) if x else 0.0
    hit = hits - p
    X = np.column_stack([np.ones(n - 4)] + [hit[4 - k : n - k] for k in range(1, 5)])
    fitted = X @ np.linalg.lstsq(X, hit[4:], rcond=None)[0]
    dq, rank = fitted @ fitted / (p * (1 - p)), int(np.linalg.matrix_rank(X))
    return {
        "hits": np.flatnonzero(hits), "days": n, "probability": p, "pairs": pairs,
        "unconditional": [uc, stats.chi2.sf(uc, 1)],
        "independence": [ind, stats.chi2.sf(ind, 1)],
        "conditional": [uc + ind, stats.chi2.sf(uc + ind, 2)],
        "dynamicQuantile": [dq, stats.chi2.sf(dq, rank), rank],
        "cumulative": stats.binom.cdf(x, n, p), "typeOneError": stats.binom.sf(x - 1, n, p),
    }  # fmt: skip


def shortfall_tests(x, scale, alpha, draws):
    """Acerbi and Székely's statistics for normal forecasts, p-values from numpy's own histories."""
    z = norm.ppf(alpha)
    var, es = -z * scale, norm.pdf(z) / alpha * scale

    def statistics(r):
        hit = -r > var
        with np.errstate(invalid="ignore", divide="ignore"):
            z1 = (hit * r / es).sum(axis=-1) / hit.sum(axis=-1) + 1
        z2 = (hit * r / es).sum(axis=-1) / (len(scale) * alpha) + 1
        ordered = np.sort(r / scale, axis=-1)[..., : int(np.floor(len(scale) * alpha + 1e-9))]
        return z1, z2, -ordered.mean(axis=-1)

    rng = np.random.default_rng(5)
    null = statistics(rng.standard_normal((draws, len(scale))) * scale)
    z1, z2, tail = statistics(x)
    z3, null3 = 1 - tail / null[2].mean(), 1 - null[2] / null[2].mean()
    p = [np.nanmean(null[0] <= z1), np.mean(null[1] <= z2), np.mean(null3 <= z3)]
    return {
        "returns": x, "valueAtRisk": var, "expectedShortfall": es, "alpha": alpha, "draws": draws,
        "statistics": [z1, z2, z3], "pValues": p,
    }  # fmt: skip


frame = returns()
X = frame[ASSETS].to_numpy()
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
    "var/value-at-risk",
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
        "historical": [historical(frame["ALPHA"].to_numpy()[:n], c) for n in (100, 250, 500, 600) for c in ALPHAS],
    },
    scipy,
)

rng = np.random.default_rng(20260301)
shocks = rng.standard_normal((60, 5, 6)).round(9)
w = books["longShort"]
write(
    "risk",
    "var/fixed-shocks",
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

factors = np.array([[0.013, 0.0044, 0.0041], [0.0044, 0.031, 0.0139], [0.0041, 0.0139, 0.0116]])
write(
    "risk",
    "var/other-laws",
    {
        "studentT": [
            {"weights": w, **student_t(w, S, d * mu, nu, h, c)}
            for w in (books["equal"], books["longShort"])
            for nu, h, c, d in ((4, 1, 0.99, 0), (2.5, 10, 0.95, 1), (30, 2.5, 0.999, 1))
        ],
        "cornishFisher": [
            cornish_fisher(m, s, k, g, a)
            for m, s, k, g in (
                (0.0, 1.0, 0.0, 0.0), (0.001, 0.02, -0.5, 2.0), (0.0, 0.01, 0.3, 1.0), (0.0, 1.0, -1.0, 1.0),
                (0.0, 1.0, -2.0, 3.0), (0.0, 1.0, 0.8, 0.2), (0.0, 1.0, 0.0, 12.0), (0.0, 1.0, -0.2, -0.5),
                (0.0, 1.0, 1.5, 6.0), (0.0, 1.0, -0.8, 0.8),
            )
            for a in (0.05, 0.01, 0.001)
        ],
        "quadratic": [
            quadratic(np.array(d), np.array(g), factors, t, a)
            for d, g, t in (
                ([1.0, -0.5, 0.3], [[-8.0, 2, 0], [2, 5, 1], [0, 1, -20]], -0.01),
                ([2.0, 1.0, -1.0], [[-1.0, 0.5, 0], [0.5, -1, 0.2], [0, 0.2, -0.5]], 0.0),
                ([1.0, 0.5, 0.3], [[4.0, 1, 0], [1, 3, 0.5], [0, 0.5, 6]], 0.02),
            )
            for a in (0.05, 0.01)
        ],
        "ageWeighted": [
            age_weighted(X[:n, 0], d, a) for n in (250, 600) for d in (0.97, 0.99, 0.999) for a in (0.05, 0.01)
        ],
        "filtered": {
            "ewma": filtered(X[:, 0], lambda v, r: 0.94 * v + 0.06 * r * r, 20, 0.99),
            "garch": filtered(X[:, 0], lambda v, r: 4e-6 + 0.08 * r * r + 0.9 * v, 40, 0.95),
        },
    },
    scipy,
)  # fmt: skip

history = X[:250].round(6)
write(
    "risk",
    "decomposition/components",
    {
        "covariance": S,
        "mean": mu,
        "returns": history,
        "books": [components(history, w, a) for w in (books["equal"], books["longShort"]) for a in (0.05, 0.03)],
    },
)

rng = np.random.default_rng(20260302)
clustered, rare, none = np.zeros(500), np.zeros(250), np.zeros(250)
clustered[[20, 21, 22, 130, 131, 260, 261, 262, 263, 400, 401, 470]] = 1
rare[[17, 190]] = 1
scale = 0.01 * np.exp(0.3 * np.sin(np.arange(250) / 20))
write(
    "risk",
    "var-backtest/tests",
    {
        "coverage": [
            coverage(clustered, 0.01), coverage(clustered, 0.05), coverage(rare, 0.01), coverage(none, 0.01),
            coverage((rng.random(1043) < 0.06).astype(float), 0.05),
        ],
        "shortfall": [
            shortfall_tests((rng.standard_t(4, 250) * scale * f).round(8), scale, a, 40_000)
            for f, a in ((0.7, 0.025), (1.2, 0.025), (0.9, 0.05))
        ],
    },
    scipy,
)  # fmt: skip
