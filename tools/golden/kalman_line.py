"""Fixtures of @astra-quant/kalman: lines that are hard on digits, filtered in 60 of them from proper priors, and the largest
error that Joseph's form leaves in doubles on the same bars, relative to the largest value."""

import market
import mpmath
import numpy as np
from mpmath import mpf

mpmath.mp.dps = 60
SERIES = ("intercept", "slope", "innovationStd", "zScore")
SHOWN = slice(3, None, 5)


def filtered(number, sqrt, x, y, mean, covariance, delta, R, forgetting, joseph):
    """The filter in any arithmetic, in Joseph's form or the plain one; bars without y only widen."""
    a, b = map(number, mean)
    p00, p01, p11 = (number(covariance[i][j]) for i, j in ((0, 0), (0, 1), (1, 1)))
    delta, R, keep = number(delta), number(R), number(forgetting)
    rows = []
    for h, target in zip(x, y):
        p00, p01, p11 = p00 / keep + delta, p01 / keep, p11 / keep + delta
        if np.isnan(target):
            rows.append([a, b, None, None])
            continue
        h, target = number(h), number(target)
        m0, m1 = p00 + p01 * h, p01 + p11 * h
        S = m0 + m1 * h + R
        k0, k1, v = m0 / S, m1 / S, target - (a + b * h)
        a, b = a + k0 * v, b + k1 * v
        if joseph:
            a00, a01, a10, a11 = 1 - k0, -k0 * h, -k1, 1 - k1 * h
            b00, b01 = a00 * p00 + a01 * p01, a00 * p01 + a01 * p11
            b10, b11 = a10 * p00 + a11 * p01, a10 * p01 + a11 * p11
            p00, p01 = b00 * a00 + b01 * a01 + k0 * R * k0, b00 * a10 + b01 * a11 + k0 * R * k1
            p11 = b10 * a10 + b11 * a11 + k1 * R * k1
        else:
            p00, p01, p11 = p00 - k0 * m0, p01 - k0 * m1, p11 - k1 * m1
        rows.append([a, b, sqrt(S), v / sqrt(S)])
    return list(zip(*rows))[: len(SERIES)]


def largest_error(given, truth):
    pairs = [(g, t) for g, t in zip(given, truth) if t is not None]
    if not all(np.isfinite(float(g)) for g, _ in pairs):
        return 1.0
    return min(1.0, float(max(abs(mpf(g) - t) for g, t in pairs) / max(abs(t) for _, t in pairs)))


def case(seed, scale, step, noise, variance, delta=0.0, forgetting=1.0, gaps=0.0, bars=24):
    rng = np.random.default_rng(seed)
    x = [float(f"{value:.6g}") for value in scale * (1 + step * rng.standard_normal(bars).cumsum())]
    y = [float(f"{0.3 * scale + 1.8 * value + noise * draw:.7g}") for value, draw in zip(x, rng.standard_normal(bars))]
    y = [float("nan") if chance < gaps else value for value, chance in zip(y, rng.random(bars))]
    model = {
        "mean": [0.0, 1.0],
        "covariance": [[variance * scale * scale, 0.0], [0.0, variance]],
        "delta": delta,
        "R": noise * noise,
        "forgetting": forgetting,
    }
    truth = filtered(mpf, mpmath.sqrt, x, y, *model.values(), False)
    doubles = filtered(float, np.sqrt, x, y, *model.values(), True)
    shown = {
        name: [float("nan") if value is None else float(value) for value in series[SHOWN]]
        for name, series in zip(SERIES, truth)
    }
    lost = {name: largest_error(d, t) for name, d, t in zip(SERIES, doubles, truth)}
    return {"x": x, "y": y, **model, **shown, "joseph": lost}


market.write(
    "kalman",
    "regression/hard-lines",
    {
        "first": SHOWN.start,
        "every": SHOWN.step,
        "cases": {
            "prices near 50 that move by cents": case(1, 50, 4e-4, 0.05, 1.0, delta=1e-5),
            "prices near a million": case(2, 1e6, 1e-3, 1.0, 1e4, delta=1e-6),
            "prices of a thousandth": case(3, 1e-3, 1e-2, 3e-5, 1e4, delta=1e-4),
            "a prior that knows next to nothing and a line that stands still": case(4, 50, 4e-4, 0.03, 1e10),
            "hardly any noise under a wide prior": case(5, 50, 4e-3, 1e-5, 1e8, delta=1e-8),
            "bars forgotten": case(6, 50, 4e-4, 0.05, 1e6, forgetting=0.97),
            "gaps": case(7, 1e4, 1e-3, 0.3, 1e2, delta=1e-7, gaps=0.3),
            "a line that leaps": case(8, 50, 0.02, 0.03, 1.0, delta=100.0),
        },
    },
    mpmath,
)
