"""Student's t and the chi-square against series summed by mpmath with up to 1,500 bits: prints the largest relative error
of each function (about five minutes), and keeps the worst arguments and a spread of others as the fixture."""

import sys

import mpmath
import numpy as np

import market
from core_linalg_special import ours

mpf = mpmath.mpf
DEGREES = [0.05, 0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.7, 10.0, 29.5, 100.5, 201.0, 1000.0, 2500.0, 1e5, 1e7, 1e10, 1e15, 1e20]
CHI_DEGREES = [0.05, 0.5, 1.0, 2.0, 3.0, 4.5, 10.0, 29.5, 30.5, 100.5, 1000.0, 20000.0]
EACH = 40
KEPT = 60
SMALLEST = 1e-300


def series(first_ratio, precision):
    """1 + first_ratio(0) + first_ratio(0) first_ratio(1) + …"""
    term = total = mpf(1)
    n = 0
    while term > total * mpf(2) ** -precision:
        term *= first_ratio(n)
        total += term
        n += 1
    return total


def t_shares(t, nu):
    """P(T > t) and P(0 < T < t) for t > 0."""
    with mpmath.workprec(1500):
        t, nu = mpf(t), mpf(nu)
        a, half = nu / 2, mpf(1) / 2
        x, y = nu / (nu + t * t), t * t / (nu + t * t)
        power = mpmath.sqrt(y) * mpmath.exp(a * mpmath.log(x) + mpmath.loggamma(a + half) - mpmath.loggamma(a)) / mpmath.sqrt(mpmath.pi)
        if y < 0.5:
            centre = power * series(lambda n: (a + half + n) / (mpf(3) / 2 + n) * y, 1500)
            return half - centre, centre
        upper = power / nu * series(lambda n: (a + half + n) / (a + 1 + n) * x, 1500)
        return upper, half - upper


def t_density(t, nu):
    with mpmath.workprec(500):
        t, nu = mpf(t), mpf(nu)
        scale = mpmath.exp(mpmath.loggamma((nu + 1) / 2) - mpmath.loggamma(nu / 2)) / mpmath.sqrt(mpmath.pi * nu)
        return scale * mpmath.exp(-(nu + 1) / 2 * mpmath.log(1 + t * t / nu))


def t_cdf(x, nu):
    upper, centre = t_shares(abs(x), nu)
    with mpmath.workprec(1500):
        return upper if x < 0 else centre + mpf(1) / 2


def t_quantile_near(t, p, nu):
    """The quantile of p from a t close to it, by one Newton step."""
    with mpmath.workprec(1500):
        return mpf(t) - (t_cdf(t, nu) - mpf(p)) / t_density(t, nu)


def chi_shares(x, k):
    with mpmath.workprec(1500):
        a, z = mpf(k) / 2, mpf(x) / 2
        lower = mpmath.exp(a * mpmath.log(z) - z - mpmath.loggamma(a + 1)) * series(lambda n: z / (a + 1 + n), 1500)
        return lower, 1 - lower


def chi_density(x, k):
    with mpmath.workprec(300):
        a, z = mpf(k) / 2, mpf(x) / 2
        return mpmath.exp((a - 1) * mpmath.log(z) - z - mpmath.loggamma(a)) / 2


def chi_quantile_near(x, p, k):
    with mpmath.workprec(1500):
        return mpf(x) - (chi_shares(x, k)[0] - mpf(p)) / chi_density(x, k)


def t_places(rng):
    rows = []
    for nu in DEGREES:
        # Beyond this the probability is no double any more.
        most = min(1e12, np.sqrt(nu) * min(np.exp(min(650 / nu, 300)), 1e150)) if nu < 1000 else 36.0
        rows += [(-t, nu) for t in rng.uniform(0, min(4, most), EACH)] + [(-t, nu) for t in rng.uniform(0, min(40, most), EACH)]
        rows += [(t, nu) for t in rng.uniform(0, 4, EACH // 2)] + [(-t, nu) for t in 10.0 ** rng.uniform(-8, np.log10(most), EACH)]
    return np.array(rows)


def probabilities(rng):
    near_half = 0.5 + rng.choice([-1, 1], EACH) * 10.0 ** rng.uniform(-16, -0.4, EACH)
    return np.concatenate([rng.uniform(0, 1, EACH), 10.0 ** rng.uniform(-300, 0, EACH), near_half, 1 - 10.0 ** rng.uniform(-16, 0, EACH // 2)])


def t_levels(rng):
    return np.array([(p, nu) for nu in DEGREES for p in probabilities(rng) if 0 < p < 1])


def chi_places(rng):
    rows = []
    for k in CHI_DEGREES:
        spread = np.sqrt(2 * k)
        rows += [(x, k) for x in np.abs(k + spread * rng.uniform(-6, 30, EACH))]
        rows += [(k * 10.0**e, k) for e in rng.uniform(-6 if k < 100 else -0.3, 2 if k < 15 else 0.3, EACH)]
    return np.array(rows)


def chi_levels(rng):
    return np.array([(p, k) for k in CHI_DEGREES for p in probabilities(rng) if 0 < p < 1])


FUNCTIONS = {
    "studentTCdf": (t_places, lambda x, nu, got: t_cdf(x, nu)),
    "studentTPdf": (t_places, lambda x, nu, got: t_density(x, nu)),
    "studentTQuantile": (t_levels, lambda p, nu, got: t_quantile_near(got, p, nu) if p != 0.5 else mpf(0)),
    "chiSquareCdf": (chi_places, lambda x, k, got: chi_shares(x, k)[0]),
    "chiSquareSurvival": (chi_places, lambda x, k, got: chi_shares(x, k)[1]),
    "chiSquareQuantile": (chi_levels, lambda p, k, got: chi_quantile_near(got, p, k)),
}


def main():
    payload = {}
    for name, (places, reference) in FUNCTIONS.items():
        if sys.argv[1:] and name not in sys.argv[1:]:
            continue
        rng = np.random.default_rng(12)
        x = places(rng)
        y = ours(name, x)
        error, truth = np.zeros(len(x)), np.zeros(len(x))
        for i, (argument, degrees) in enumerate(x):
            if not np.isfinite(y[i]) or abs(y[i]) < SMALLEST:
                error[i] = -1
                continue
            exact = reference(argument, degrees, y[i])
            truth[i] = float(exact)
            error[i] = abs(mpf(float(y[i])) / exact - 1) if exact else float(y[i] != 0)
        worst = np.argsort(-error, kind="stable")
        print(f"{name}: {int((error >= 0).sum())} of {len(x)} places, largest relative error {error[worst[0]]:.3g} at {x[worst[0]].tolist()}", flush=True)
        for degrees in sorted(set(x[:, 1])):
            mine = np.where(x[:, 1] == degrees)[0]
            at = mine[np.argmax(error[mine])]
            print(f"    {degrees:g}: {error[at]:.2g} at {x[at, 0]!r}", flush=True)
        measured = np.where(error >= 0)[0]
        kept = np.concatenate([worst[: KEPT // 2], rng.choice(measured, KEPT // 2, replace=False)])
        payload[name] = {"x": x[kept], "y": truth[kept]}
    if not sys.argv[1:]:
        market.write("core-linalg", "special/distributions", payload, mpmath)


if __name__ == "__main__":
    main()
