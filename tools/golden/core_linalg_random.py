"""Random numbers: Philox4x32-10 by Python's own integers, the laws' cumulative probabilities by scipy, Sobol points by
scipy in 52 binary digits."""

import numpy as np
import scipy
import scipy.stats as stats
from scipy.stats import qmc

import market

MASK = (1 << 32) - 1


def philox4x32(counter, key):
    c0, c1, c2, c3 = counter
    k0, k1 = key
    for _ in range(10):
        left, right = c0 * 0xD2511F53, c2 * 0xCD9E8D57
        c0, c1, c2, c3 = (right >> 32) ^ c1 ^ k0, right & MASK, (left >> 32) ^ c3 ^ k1, left & MASK
        k0, k1 = (k0 + 0x9E3779B9) & MASK, (k1 + 0xBB67AE85) & MASK
    return [c0, c1, c2, c3]


def philox_fixture():
    rng = np.random.default_rng(11)
    cases = []
    for _ in range(20):
        numbers = [int(n) for n in rng.integers(0, 1 << 32, 6)]
        cases.append({"counter": numbers[:4], "key": numbers[4:], "block": philox4x32(numbers[:4], numbers[4:])})
    market.write("core-linalg", "random/philox", {"cases": cases})


def laws_fixture():
    """Points of each law and the probability below them: what a sample's share below must be."""
    levels = np.concatenate([[1e-4, 1e-3, 0.01], np.arange(0.05, 1, 0.05), [0.99, 0.999, 0.9999]])
    laws = [
        ("gamma", [shape, 1.0], stats.gamma(shape)) for shape in (0.1, 0.5, 1.0, 1.7, 5.0, 80.0)
    ] + [
        ("gamma", [2.5, 3.0], stats.gamma(2.5, scale=3.0)),
        ("chiSquare", [1.0], stats.chi2(1)),
        ("chiSquare", [3.5], stats.chi2(3.5)),
        ("chiSquare", [40.0], stats.chi2(40)),
        ("studentT", [0.5], stats.t(0.5)),
        ("studentT", [1.0], stats.t(1)),
        ("studentT", [3.0], stats.t(3)),
        ("studentT", [4.5], stats.t(4.5)),
        ("studentT", [30.0], stats.t(30)),
        ("exponential", [], stats.expon()),
        ("normal", [], stats.norm()),
        ("uniform", [], stats.uniform()),
    ]
    payload = []
    for name, parameters, law in laws:
        points = np.array([float(f"{x:.6g}") for x in law.ppf(levels)])
        payload.append({"law": name, "parameters": parameters, "points": points, "below": law.cdf(points)})
    market.write("core-linalg", "random/laws", {"laws": payload}, scipy)


def sobol_fixture():
    """Every dimension up to 1,111 at a few points, and many points of a few dimensions, as hexadecimal digits."""
    digits = lambda points: [format(int(x * 2**52), "x") for x in points]
    wide = qmc.Sobol(1111, scramble=False, bits=52).random(64)
    rows = [3, 63]
    narrow = qmc.Sobol(5, scramble=False, bits=52)
    first = narrow.random(16)
    later = 1_000_011
    narrow.random(later - 16)
    directions = narrow._sv.astype(object)
    huge = (1 << 45) + 987_654_321_012
    gray = huge ^ (huge >> 1)
    far = [0] * 5
    for k in range(52):
        if gray >> k & 1:
            far = [x ^ int(v) for x, v in zip(far, directions[:, k])]
    market.write(
        "core-linalg",
        "random/sobol",
        {
            "wide": [{"index": row, "digits": digits(wide[row])} for row in rows],
            "first": [digits(point) for point in first],
            "later": {"index": later, "points": [digits(point) for point in narrow.random(4)]},
            "huge": {"index": huge, "digits": [format(x, "x") for x in far]},
        },
        scipy,
    )


philox_fixture()
laws_fixture()
sobol_fixture()
