"""The special functions against mpmath: prints the largest error of each over some 1e5 arguments (about ten minutes; one
function by `core_linalg_special.py pow`), and keeps the nastiest arguments with correctly rounded references as the
fixture. An error is in units of the last place (ulp) of the reference, subnormals included."""

import json
import subprocess
import sys

import mpmath
import numpy as np

import market

MP = mpmath.mp
MP.prec = 240
COUNT = 100_000
KEPT = 24
TINY = 5e-324


def spread(rng, low, high, count):
    """Doubles whose exponents are uniform between those of low and high."""
    return 2.0 ** rng.uniform(np.log2(low), np.log2(high), count)


def signed(rng, x):
    return x * rng.choice([-1.0, 1.0], x.shape)


def neighbours(points):
    """Each point and the doubles next to it."""
    points = np.asarray(points, dtype=float)
    below, above = np.nextafter(points, -np.inf), np.nextafter(points, np.inf)
    return np.concatenate([points, below, np.nextafter(below, -np.inf), above, np.nextafter(above, np.inf)])


def subnormals(rng, count):
    return rng.integers(1, 1 << 52, count).astype(float) * TINY


def exp_arguments(rng):
    return np.concatenate([
        rng.uniform(-745.2, 709.8, COUNT // 2), rng.uniform(-1, 1, COUNT // 4), signed(rng, spread(rng, 1e-20, 1, COUNT // 8)),
        rng.uniform(-745.2, -708, COUNT // 8), rng.uniform(709, 709.79, 500),
        neighbours(np.arange(-1074, 1025) * np.log(2)), neighbours((np.arange(-1074, 1024) + 0.5) * np.log(2)),
        neighbours([0.0, 709.782712893384, -745.1332191019411, -708.3964185322641]),
    ])


def log_arguments(rng):
    return np.concatenate([
        spread(rng, 1e-307, 1e308, COUNT // 2), rng.uniform(0.5, 2, COUNT // 4), 1 + signed(rng, spread(rng, 1e-16, 0.3, COUNT // 8)),
        subnormals(rng, COUNT // 8), neighbours(2.0 ** np.arange(-1070, 1024)), neighbours(np.sqrt(2) * 2.0 ** np.arange(-1070, 1023)),
        neighbours(np.arange(16, 64) / 32), [TINY, np.finfo(float).max],
    ])


def log1p_arguments(rng):
    return np.concatenate([
        rng.uniform(-1, 1, COUNT // 2), signed(rng, spread(rng, 1e-20, 0.5, COUNT // 4)), spread(rng, 1, 1e308, COUNT // 8),
        -1 + spread(rng, 2e-16, 0.5, COUNT // 8), signed(rng, subnormals(rng, 500)), neighbours(np.arange(-31, 33) / 32),
    ])


def expm1_arguments(rng):
    return np.concatenate([
        rng.uniform(-40, 709.7, COUNT // 2), rng.uniform(-1, 1, COUNT // 4), signed(rng, spread(rng, 1e-20, 1, COUNT // 4)),
        signed(rng, subnormals(rng, 500)), neighbours(np.arange(-58, 1024) * np.log(2)), neighbours(np.arange(-64, 64) / 64),
    ])


def angles(rng):
    multiples = np.concatenate([np.arange(1, 2000), rng.integers(1, 1 << 40, 2000)]) * (np.pi / 2)
    # 6381956970095103 · 2^797 lies nearest to a multiple of π/2 of all doubles.
    return np.concatenate([
        rng.uniform(-10, 10, COUNT // 4), signed(rng, spread(rng, 1e-10, 1e6, COUNT // 4)), signed(rng, spread(rng, 1e6, 1e308, COUNT // 2)),
        neighbours(multiples), neighbours([1e6, -1e6, 6381956970095103.0 * 2.0**797]), [np.finfo(float).max], signed(rng, subnormals(rng, 500)),
    ])


def erf_arguments(rng):
    return np.concatenate([
        rng.uniform(-6.5, 6.5, COUNT // 2), rng.uniform(-1.3, 1.3, COUNT // 4), signed(rng, spread(rng, 1e-300, 1, COUNT // 8)),
        signed(rng, subnormals(rng, COUNT // 8)), neighbours([0.84375, 1.25, 1 / 0.35, 6.0, 0.25]),
    ])


def tanh_arguments(rng):
    return np.concatenate([
        rng.uniform(-22, 22, COUNT // 2), rng.uniform(-1, 1, COUNT // 4), signed(rng, spread(rng, 1e-20, 1, COUNT // 4)),
        signed(rng, subnormals(rng, 500)), neighbours(np.arange(-40, 41) / 2), neighbours([0.55, 18.72, 22.0]),
    ])


def logistic_arguments(rng):
    return np.concatenate([
        rng.uniform(-745, 40, COUNT // 2), rng.uniform(-3, 3, COUNT // 4), signed(rng, spread(rng, 1e-20, 1, COUNT // 4)),
        rng.uniform(-745.2, -708, COUNT // 16), neighbours(np.arange(-60, 60) * np.log(2)),
    ])


def log_gamma(x):
    return mpmath.inf if x <= 0 and x == mpmath.floor(x) else mpmath.re(mpmath.loggamma(x))


def lgamma_arguments(rng):
    poles = np.arange(-60, 1)
    return np.concatenate([
        rng.uniform(0, 20, COUNT // 4), spread(rng, 1e-300, 1e300, COUNT // 8), rng.uniform(0.7, 2.3, COUNT // 8),
        1 + signed(rng, spread(rng, 1e-16, 0.3, COUNT // 8)), 2 + signed(rng, spread(rng, 1e-15, 0.3, COUNT // 8)),
        rng.uniform(-35, 0, COUNT // 8), rng.uniform(-180, 0, COUNT // 16), -spread(rng, 30, 1e6, COUNT // 32),
        poles[rng.integers(0, 61, COUNT // 32)] + signed(rng, spread(rng, 1e-13, 0.5, COUNT // 32)),
        neighbours([0.75, 1.25, 1.75, 2.25, 15.0, 0.5, -0.5, 2.0**60, 1e305]), neighbours(negative_zeros()),
    ])


def negative_zeros():
    """The zeros of log|Γ| between the poles: two in each gap from −2 on down to −20."""
    zeros = []
    for n in range(2, 20):
        low, high = mpmath.mpf(-n - 1), mpmath.mpf(-n)
        middle = mpmath.findroot(mpmath.digamma, (low + high) / 2 + 0.1, tol=1e-20)
        if mpmath.re(mpmath.loggamma(middle)) >= 0:
            continue
        for pole in (low, high):
            edge = pole + (middle - pole) * mpmath.mpf(10) ** -25
            f = lambda x: log_gamma(x)
            zeros.append(float(mpmath.findroot(f, (edge, middle), solver="anderson", tol=1e-30)))
    return zeros


def pow_arguments(rng):
    n = COUNT // 4
    x = spread(rng, 1e-300, 1e300, n)
    results = rng.uniform(-745, 709.7, n)
    anywhere = np.column_stack([x, results / np.log(x)])
    ordinary = np.column_stack([rng.uniform(0, 10, n), rng.uniform(-30, 30, n)])
    near_one = 1 + signed(rng, spread(rng, 2e-16, 0.1, n))
    growth = np.column_stack([near_one, rng.uniform(-700, 700, n) / np.log(near_one)])
    whole = np.column_stack([rng.uniform(-50, 50, n // 2), rng.integers(-180, 180, n // 2).astype(float)])
    fixed = np.array([0.5, -0.5, 2.0, 3.0, -1.0, 1 / 3, 1.5, 252.0])
    common = np.column_stack([spread(rng, 1e-100, 1e100, n // 4), rng.choice(fixed, n // 4)])
    small = np.column_stack([subnormals(rng, n // 4), rng.uniform(-0.95, 1.0, n // 4)])
    edge = rng.uniform(1.01, 50, n // 8)
    edges = np.column_stack([edge, rng.choice([709.78271, -708.3964, -744.9], n // 8) / np.log(edge)])
    return np.concatenate([anywhere, ordinary, growth, whole, common, small, edges])


FUNCTIONS = {
    "exp": (mpmath.exp, exp_arguments),
    "expm1": (mpmath.expm1, expm1_arguments),
    "log": (mpmath.log, log_arguments),
    "log1p": (lambda x: mpmath.log(1 + x) if abs(x) > 1e-30 else mpmath.log1p(x), log1p_arguments),
    "pow": (mpmath.power, pow_arguments),
    "sin": (mpmath.sin, angles),
    "cos": (mpmath.cos, angles),
    "erf": (mpmath.erf, erf_arguments),
    "lgamma": (log_gamma, lgamma_arguments),
    "tanh": (mpmath.tanh, tanh_arguments),
    "logistic": (lambda x: 1 / (1 + mpmath.exp(-x)), logistic_arguments),
}


def ours(name, x):
    """The library's values, as a program of its own computes them."""
    arity = 1 if x.ndim == 1 else x.shape[1]
    command = ["npx", "tsx", "packages/core-linalg/test/special/evaluate.ts", name, str(arity)]
    done = subprocess.run(command, input=x.tobytes(), stdout=subprocess.PIPE, check=True, cwd=market.ROOT)
    return np.frombuffer(done.stdout)


def last_place(y):
    return mpmath.mpf(2) ** max(mpmath.frexp(y)[1] - 53, -1074) if y else mpmath.mpf(TINY)


def errors(name, function, x, y):
    """Error of each value: in ulp, but of lgamma as a multiple of 1e-15 · max(1, |value|)."""
    out = np.zeros(len(y))
    references = np.zeros(len(y))
    for i, value in enumerate(y):
        arguments = [mpmath.mpf(float(a)) for a in np.atleast_1d(x[i])]
        truth = function(*arguments)
        rounded = float(truth)
        references[i] = rounded
        if not np.isfinite(value) or not np.isfinite(rounded):
            # The right infinity is no error; one where the other is finite is an error of one place at the edge only.
            out[i] = 0 if value == rounded else 1 if max(abs(value), abs(rounded)) == np.inf and min(abs(value), abs(rounded)) == np.finfo(float).max else np.inf
            continue
        unit = mpmath.mpf("1e-15") * max(1, abs(truth)) if name == "lgamma" else last_place(truth)
        out[i] = abs(mpmath.mpf(float(value)) - truth) / unit
    return out, references


def pair(x):
    """A number as two doubles."""
    high = float(x)
    return [high, float(x - mpmath.mpf(high))]


def precise_fixture():
    """What the functions are made of carries 68 to 98 bits; these carry 106."""
    rng = np.random.default_rng(13)
    log_x = np.concatenate([spread(rng, 1e-300, 1e300, 12), rng.uniform(0.5, 2, 12), 1 + signed(rng, spread(rng, 1e-12, 0.02, 8))])
    log1p_x = np.concatenate([rng.uniform(-1, 30, 12), rng.uniform(-0.5, 0.5, 12), signed(rng, spread(rng, 1e-12, 0.02, 8))])
    # Half way between the anchors of a table the rest is largest, and around 1 it counts most.
    borders = neighbours(128 / (np.array([122, 125, 126, 127, 128, 129, 130, 133, 180]) + 0.5))
    log_x = np.concatenate([log_x, borders])
    log1p_x = np.concatenate([log1p_x, borders - 1])
    gamma_x = np.concatenate([rng.uniform(0, 20, 12), spread(rng, 20, 1e15, 12), [0.75, 1.25, 1.0625, 1.75, 1.9375, 2.25]])
    cases = {
        "log": (mpmath.log, log_x),
        "exp": (mpmath.exp, rng.uniform(-700, 700, 24)),
        "log1p": (lambda x: mpmath.log(1 + x), log1p_x),
        "logGamma": (log_gamma, gamma_x),
    }
    payload = {name: {"x": x, "y": [pair(f(mpmath.mpf(float(a)))) for a in x]} for name, (f, x) in cases.items()}
    market.write("core-linalg", "special/precise", payload, mpmath)


def main():
    if sys.argv[1:] in ([], ["precise"]):
        precise_fixture()
    if sys.argv[1:] == ["precise"]:
        return
    chosen = sys.argv[1:] or list(FUNCTIONS)
    target = market.ROOT / "packages/core-linalg/test/special/fixtures/nasty.json"
    payload = json.loads(target.read_text()) if target.exists() else {}
    payload.pop("versions", None)
    for name in chosen:
        function, arguments = FUNCTIONS[name]
        x = arguments(np.random.default_rng(11))
        y = ours(name, x)
        error, reference = errors(name, function, x, y)
        worst = np.argsort(-error, kind="stable")[:KEPT]
        unit = "· 1e-15 · max(1, |value|)" if name == "lgamma" else "ulp"
        print(f"{name}: {len(y)} arguments, largest error {error[worst[0]]:.4f} {unit} at {x[worst[0]].tolist()!r}", flush=True)
        payload[name] = {"x": x[worst], "y": reference[worst]}
    market.write("core-linalg", "special/nasty", payload, mpmath)


if __name__ == "__main__":
    main()
