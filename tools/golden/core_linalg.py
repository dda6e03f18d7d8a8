"""Covariances, factors and returns by numpy and pandas; special functions by mpmath with 50 digits; squares64 by
Python's own integers."""

import mpmath
import numpy as np

import market

MASK = (1 << 64) - 1


def rotate(x):
    return ((x >> 32) | (x << 32)) & MASK


def squares64(counter, key):
    x = (counter * key) & MASK
    y, z = x, (x + key) & MASK
    x = rotate((x * x + y) & MASK)
    x = rotate((x * x + z) & MASK)
    x = rotate((x * x + y) & MASK)
    t = (x * x + z) & MASK
    x = rotate(t)
    return t ^ (((x * x + y) & MASK) >> 32)


def covariance_fixture():
    returns = market.returns(300).drop(columns="MARKET")
    prices = market.prices(60).drop(columns="MARKET")
    covariance = returns.cov()
    market.write(
        "core-linalg",
        "covariance/covariance",
        {
            "returns": returns,
            "mean": returns.mean(),
            "covariance": covariance,
            "covariance_ddof0": returns.cov(ddof=0),
            "correlation": returns.corr(),
            "volatility": returns.std(),
            "cholesky": np.linalg.cholesky(covariance.to_numpy()),
            "eigenvalues": np.linalg.eigvalsh(covariance.to_numpy()),
            "prices": prices,
            "simple_returns": prices.pct_change(fill_method=None),
            "log_returns": np.log(prices).diff(),
        },
    )


def special_fixture():
    mpmath.mp.dps = 50
    rng = np.random.default_rng(7)
    normal_cdf = lambda x: mpmath.erfc(-x / mpmath.sqrt(2)) / 2
    quantile = lambda p: -mpmath.sqrt(2) * mpmath.erfinv(1 - 2 * p)
    cases = {
        "exp": (mpmath.exp, np.concatenate([rng.uniform(-700, 700, 60), rng.uniform(-1, 1, 60), [-740.0, 0.0]])),
        "log": (mpmath.log, np.concatenate([np.exp(rng.uniform(-700, 700, 60)), rng.uniform(0.5, 2, 60), [5e-324]])),
        "sin": (mpmath.sin, np.concatenate([rng.uniform(-10, 10, 60), rng.uniform(-1e6, 1e6, 40), 10.0 ** rng.uniform(6, 300, 40)])),
        "cos": (mpmath.cos, np.concatenate([rng.uniform(-10, 10, 60), rng.uniform(-1e6, 1e6, 40), 10.0 ** rng.uniform(6, 300, 40)])),
        "erfc": (mpmath.erfc, rng.uniform(-6, 26, 120)),
        "normalCdf": (normal_cdf, np.concatenate([rng.uniform(-8, 8, 90), rng.uniform(-37, -8, 30)])),
        "normalQuantile": (quantile, np.concatenate([rng.uniform(0, 1, 80), 10.0 ** rng.uniform(-30, -3, 40)])),
    }
    payload = {}
    for name, (function, arguments) in cases.items():
        with mpmath.workdps(400):
            payload[name] = {"x": arguments, "y": [float(function(mpmath.mpf(float(x)))) for x in arguments]}
    market.write("core-linalg", "special/special", payload, mpmath)


def squares_fixture():
    keys = [0x548C9DECBCE65297, 0xC8E4FD154CE32F6D, 0x65A3CD2BC7E935AB]
    counters = [0, 1, 2, 0xFFFFFFFF, 1 << 40, 0x123456789ABCDEF0, MASK]
    words = [
        {"counter": f"{c:016x}", "key": f"{k:016x}", "word": f"{squares64(c, k):016x}"} for k in keys for c in counters
    ]
    market.write("core-linalg", "random/squares", {"words": words})


covariance_fixture()
special_fixture()
squares_fixture()
