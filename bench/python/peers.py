"""The Python peers, one a function, behind a line protocol on stdin and stdout.

`{"prepare": name, "inputs": {...}, "output": file}` builds the peer and writes its outcome as raw doubles;
`{"run": n}` calls it n times and answers with the seconds that took. A peer whose library is absent says so.
"""

import json
import os
import sys
import time

VERSIONS = {}


def library(name):
    module = __import__(name)
    VERSIONS[name] = getattr(module, "__version__", "?")
    return module


def sample_covariance(X):
    np = library("numpy")
    return lambda: np.cov(X, rowvar=False)


def ledoit_wolf_identity(X):
    library("sklearn")
    from sklearn.covariance import ledoit_wolf

    return lambda: ledoit_wolf(X)[0]


def ewma_covariance(X, half_life):
    pd = library("pandas")
    frame = pd.DataFrame(X)
    return lambda: frame.ewm(halflife=half_life).cov().to_numpy()[-X.shape[1] :]


def cholesky(A):
    np = library("numpy")
    return lambda: np.linalg.cholesky(A)


def standard_normal(count):
    np = library("numpy")
    generator = np.random.default_rng(7)
    out = np.empty(int(count))
    return lambda: generator.standard_normal(out=out)


def split_program(mu, covariance, gross, net):
    """w = p − m with p, m ≥ 0: the smooth form that a general solver needs for a gross limit."""
    import numpy as np

    n = len(mu)
    split = np.hstack([np.eye(n), -np.eye(n)])
    ones = np.ones(2 * n)
    rows = np.vstack([split.sum(axis=0), ones, np.eye(2 * n)])
    lower = np.concatenate([[-net, -np.inf], np.zeros(2 * n)])
    upper = np.concatenate([[net, gross], np.full(2 * n, np.inf)])
    return split, rows, lower, upper


def osqp_long_short(mu, covariance, risk_aversion, gross, net):
    """OSQP at 1e-9 with polishing, set up and solved each time, on the split form."""
    np, osqp = library("numpy"), library("osqp")
    from scipy import sparse

    split, rows, lower, upper = split_program(mu, covariance, gross, net)
    P = sparse.csc_matrix(np.triu(2 * risk_aversion * split.T @ covariance @ split))
    A = sparse.csc_matrix(rows)
    q = -split.T @ mu

    def solve():
        solver = osqp.OSQP()
        solver.setup(
            P, q, A, lower, upper, eps_abs=1e-9, eps_rel=1e-9, polishing=True, verbose=False, max_iter=100000
        )
        w = split @ solver.solve().x
        return np.array([mu @ w - risk_aversion * w @ covariance @ w])

    return solve


# optimizer/qp
def osqp_program(
    P_values, P_rows, P_pointers, A_values, A_rows, A_pointers, q, lower, upper, accurate
):
    """OSQP set up and solved from cold each time: its defaults, or 1e-6 with polishing."""
    np, osqp = library("numpy"), library("osqp")
    from scipy import sparse

    n, m = len(q), len(lower)
    P = sparse.csc_matrix((P_values, P_rows.astype(int), P_pointers.astype(int)), shape=(n, n))
    A = sparse.csc_matrix((A_values, A_rows.astype(int), A_pointers.astype(int)), shape=(m, n))
    settings = {"eps_abs": 1e-6, "eps_rel": 1e-6, "polishing": True} if accurate else {}

    def solve():
        solver = osqp.OSQP()
        solver.setup(P, q, A, lower, upper, verbose=False, **settings)
        return np.asarray(solver.solve().x)

    return solve


def osqp_case(
    P_values, P_rows, P_pointers, A_values, A_rows, A_pointers, q, lower, upper, **settings
):
    """OSQP set up and solved from cold each time, with these settings: its status and its iterations."""
    np, osqp = library("numpy"), library("osqp")
    from scipy import sparse

    n, m = len(q), len(lower)
    P = sparse.csc_matrix((P_values, P_rows.astype(int), P_pointers.astype(int)), shape=(n, n))
    A = sparse.csc_matrix((A_values, A_rows.astype(int), A_pointers.astype(int)), shape=(m, n))

    def solve():
        solver = osqp.OSQP()
        solver.setup(P, q, A, lower, upper, verbose=False, **settings)
        info = solver.solve().info
        return np.array([float(info.status_val), float(info.iter)])

    return solve


def clarabel_long_short(mu, covariance, risk_aversion, gross, net):
    """Clarabel at its default tolerances, set up and solved each time, on the split form."""
    np, clarabel = library("numpy"), library("clarabel")
    from scipy import sparse

    split, rows, lower, upper = split_program(mu, covariance, gross, net)
    P = sparse.csc_matrix(np.triu(2 * risk_aversion * split.T @ covariance @ split))
    bounded_below, bounded_above = np.isfinite(lower), np.isfinite(upper)
    A = sparse.csc_matrix(np.vstack([rows[bounded_above], -rows[bounded_below]]))
    b = np.concatenate([upper[bounded_above], -lower[bounded_below]])
    q = -split.T @ mu
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    cones = [clarabel.NonnegativeConeT(len(b))]

    def solve():
        w = split @ np.array(clarabel.DefaultSolver(P, q, A, b, cones, settings).solve().x)
        return np.array([mu @ w - risk_aversion * w @ covariance @ w])

    return solve


def cvxpy_long_short(mu, covariance, risk_aversion, gross, net):
    """The notebook's own lines: built, compiled and solved each time, as it does."""
    np, cp = library("numpy"), library("cvxpy")

    def solve():
        w = cp.Variable(len(mu))
        utility = mu @ w - risk_aversion * cp.quad_form(w, cp.psd_wrap(covariance))
        limits = [cp.norm(w, 1) <= gross, cp.sum(w) <= net, cp.sum(w) >= -net]
        cp.Problem(cp.Maximize(utility), limits).solve()
        return np.array([mu @ w.value - risk_aversion * w.value @ covariance @ w.value])

    return solve


# series


def as_of_join(left, right, a, b):
    np, pd = library("numpy"), library("pandas")
    trades = pd.DataFrame({"time": left.astype("datetime64[ms]"), "trade": a[:, 0]})
    quotes = pd.DataFrame({"time": right.astype("datetime64[ms]"), "quote": b[:, 0]})
    return lambda: pd.merge_asof(trades, quotes, on="time")[["trade", "quote"]].to_numpy()


def resample_bars(index, values):
    np, pd = library("numpy"), library("pandas")
    rules = {"open": "first", "high": "max", "low": "min", "close": "last", "volume": "sum"}
    fine = pd.DataFrame(values, columns=list(rules), index=pd.DatetimeIndex(index.astype("datetime64[ms]")))
    return lambda: fine.resample("5min").agg(rules).to_numpy()


# special


SPECIAL = {
    "exp": lambda np, special: lambda x, y: np.exp(x),
    "log": lambda np, special: lambda x, y: np.log(x),
    "expm1": lambda np, special: lambda x, y: np.expm1(x),
    "log1p": lambda np, special: lambda x, y: np.log1p(x),
    "pow": lambda np, special: lambda x, y: np.power(x, y),
    "normal_cdf": lambda np, special: lambda x, y: special.ndtr(x),
    "student_t_cdf": lambda np, special: lambda x, y: special.stdtr(y, x),
    "lgamma": lambda np, special: lambda x, y: special.gammaln(x),
}


def special_function(which):
    def prepare(x, y):
        np = library("numpy")
        library("scipy")
        from scipy import special

        function = which(np, special)
        return lambda: function(x, y)

    return prepare


# rolling: order statistics


def pandas_rolling(X, window):
    library("numpy")
    return library("pandas").DataFrame(X).rolling(int(window))


def full_windows(rolled, window):
    return rolled.to_numpy()[int(window) - 1 :]


def pandas_rolling_min(X, window):
    rolling = pandas_rolling(X, window)
    return lambda: full_windows(rolling.min(), window)


def pandas_rolling_max(X, window):
    rolling = pandas_rolling(X, window)
    return lambda: full_windows(rolling.max(), window)


def pandas_rolling_quantile(X, window):
    rolling = pandas_rolling(X, window)
    return lambda: full_windows(rolling.quantile(0.05), window)


def pandas_rolling_median(X, window):
    rolling = pandas_rolling(X, window)
    return lambda: full_windows(rolling.median(), window)


def pandas_rolling_rank(X, window):
    rolling = pandas_rolling(X, window)
    return lambda: full_windows(rolling.rank(), window)


def bottleneck_move_min(X, window):
    bn, w = library("bottleneck"), int(window)
    return lambda: bn.move_min(X, w, axis=0)[w - 1 :]


def bottleneck_move_max(X, window):
    bn, w = library("bottleneck"), int(window)
    return lambda: bn.move_max(X, w, axis=0)[w - 1 :]


def bottleneck_move_median(X, window):
    bn, w = library("bottleneck"), int(window)
    return lambda: bn.move_median(X, w, axis=0)[w - 1 :]


def bottleneck_move_rank(X, window):
    """Its ranks run from −1 to 1: they are brought to 1 … window as part of the work."""
    bn, w = library("bottleneck"), int(window)
    return lambda: (bn.move_rank(X, w, axis=0)[w - 1 :] + 1) * ((w - 1) / 2) + 1


# core-linalg, random


def standard_gamma(shape, count):
    np = library("numpy")
    generator = np.random.default_rng(7)
    out = np.empty(int(count))
    return lambda: generator.standard_gamma(shape, out=out)


def standard_t(nu, count):
    np = library("numpy")
    generator = np.random.default_rng(7)
    return lambda: generator.standard_t(nu, int(count))


def times_transposed(Z, L):
    np = library("numpy")
    out = np.empty(Z.shape)
    return lambda: np.matmul(Z, L.T, out=out)


def normals_times_transposed(rows, L):
    np = library("numpy")
    generator = np.random.default_rng(7)
    z, out = np.empty((int(rows), len(L))), np.empty((int(rows), len(L)))

    def draw():
        generator.standard_normal(out=z)
        return np.matmul(z, L.T, out=out)[0]

    return draw


def sobol_points(count, dimensions, scramble):
    """As it stands from the first call on: construction and scrambling are not timed."""
    library("scipy")
    from scipy.stats import qmc

    sequence = qmc.Sobol(int(dimensions), scramble=bool(scramble), bits=52, rng=7)
    return lambda: sequence.random(int(count))


# rolling moments: X is time x assets, market a vector; the other arguments are the ladder's


def pandas_rolling_mean(X, market, window):
    rolling = pandas_rolling(X, window)
    return lambda: full_windows(rolling.mean(), window)


def pandas_rolling_std(X, market, window):
    rolling = pandas_rolling(X, window)
    return lambda: full_windows(rolling.std(), window)


def pandas_rolling_std_with_gaps(X, market, window):
    pd, w = library("pandas"), int(window)
    rolling = pd.DataFrame(X).rolling(w, min_periods=(w + 1) // 2)
    return lambda: full_windows(rolling.std(), window)


def pandas_rolling_covariance(X, market, window):
    pd = library("pandas")
    rolling, market = pandas_rolling(X, window), pd.Series(market)
    return lambda: full_windows(rolling.cov(market), window)


def pandas_rolling_beta(X, market, window):
    pd = library("pandas")
    rolling, market = pandas_rolling(X, window), pd.Series(market)
    return lambda: full_windows(
        rolling.cov(market).div(market.rolling(int(window)).var(), axis=0), window
    )


def pandas_rolling_correlation(X, market, window):
    pd = library("pandas")
    rolling, market = pandas_rolling(X, window), pd.Series(market)
    return lambda: full_windows(rolling.corr(market), window)


def pandas_rolling_skewness(X, market, window):
    rolling = pandas_rolling(X, window)
    return lambda: full_windows(rolling.skew(), window)


def pandas_rolling_kurtosis(X, market, window):
    rolling = pandas_rolling(X, window)
    return lambda: full_windows(rolling.kurt(), window)


def pandas_ewm_mean(X, market, window):
    ewm = library("pandas").DataFrame(X).ewm(span=int(window))
    return lambda: full_windows(ewm.mean(), window)


def pandas_ewm_std(X, market, window):
    ewm = library("pandas").DataFrame(X).ewm(span=int(window))
    return lambda: full_windows(ewm.std(), window)


def bottleneck_move_mean(X, market, window):
    bn, w = library("bottleneck"), int(window)
    return lambda: bn.move_mean(X, w, axis=0)[w - 1 :]


def bottleneck_move_std(X, market, window):
    bn, w = library("bottleneck"), int(window)
    return lambda: bn.move_std(X, w, axis=0, ddof=1)[w - 1 :]


def bottleneck_move_std_with_gaps(X, market, window):
    bn, w = library("bottleneck"), int(window)
    return lambda: bn.move_std(X, w, min_count=(w + 1) // 2, axis=0, ddof=1)[w - 1 :]


def numba_move(root, X, window):
    """The loop that one would write for numba, row by row: sums that rows enter and leave."""
    np, numba = library("numpy"), library("numba")
    w = int(window)
    rows, columns = X.shape
    out = np.empty((rows - w + 1, columns))

    @numba.njit
    def move(X, out):
        total = np.zeros(columns)
        squares = np.zeros(columns)
        for t in range(rows):
            for j in range(columns):
                total[j] += X[t, j]
                squares[j] += X[t, j] * X[t, j]
            if t < w - 1:
                continue
            for j in range(columns):
                mean = total[j] / w
                variance = (squares[j] - mean * total[j]) / (w - 1)
                out[t - w + 1, j] = np.sqrt(variance) if root else mean
                total[j] -= X[t - w + 1, j]
                squares[j] -= X[t - w + 1, j] * X[t - w + 1, j]
        return out

    return lambda: move(X, out)


def numba_move_mean(X, market, window):
    return numba_move(False, X, window)


def numba_move_std(X, market, window):
    return numba_move(True, X, window)


# core-linalg, factor and sparse


def matrix_product(A, B):
    library("numpy")
    return lambda: A @ B


def triangular_solve(L, B):
    library("scipy")
    from scipy.linalg import solve_triangular

    return lambda: solve_triangular(L, B, lower=True, check_finite=False)


def symmetric_eigen(A):
    np = library("numpy")
    return lambda: np.linalg.eigh(A).eigenvalues


def symmetric_eigenvalues(A):
    np = library("numpy")
    return lambda: np.linalg.eigvalsh(A)


def least_squares(A, b):
    np = library("numpy")
    return lambda: np.linalg.lstsq(A, b)[0]


def upper_columns(pointers, rows, values):
    """The matrix compressed by column; only its upper triangle is stored."""
    library("scipy")
    from scipy import sparse

    n = len(pointers) - 1
    return sparse.csc_matrix((values, rows.astype(int), pointers.astype(int)), shape=(n, n))


def qdldl_solve(pointers, rows, values):
    np, qdldl = library("numpy"), library("qdldl")
    K = upper_columns(pointers, rows, values)
    b = np.ones(K.shape[0])
    return lambda: qdldl.Solver(K, upper=True).solve(b)


def qdldl_update(pointers, rows, values):
    np, qdldl = library("numpy"), library("qdldl")
    K = upper_columns(pointers, rows, values)
    b = np.ones(K.shape[0])
    solver = qdldl.Solver(K, upper=True)

    def run():
        solver.update(K, upper=True)
        return solver.solve(b)

    return run


def splu_solve(pointers, rows, values):
    np = library("numpy")
    upper = upper_columns(pointers, rows, values)
    from scipy import sparse
    from scipy.sparse.linalg import splu

    K = (upper + sparse.triu(upper, 1).T).tocsc()
    b = np.ones(K.shape[0])
    symmetric = {"SymmetricMode": True}
    return lambda: splu(K, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0, options=symmetric).solve(b)


def accrued(np, base, notionals, fees):
    """Days × positions of funding and its components, and the sums that a statement shows."""
    long, short = np.maximum(notionals, 0), np.maximum(-notionals, 0)
    base = base[:, None]
    parts = {
        "base": (short - long) * base / 360,
        "spread": np.broadcast_to(-long * 0.005 / 360, (len(base), len(notionals))),
        "rebate": np.broadcast_to(-short * 0.0025 / 360, (len(base), len(notionals))),
        "borrow": np.broadcast_to(-short * fees / 10_000 / 360, (len(base), len(notionals))),
    }
    amounts = parts["base"] + parts["spread"] + parts["rebate"] + parts["borrow"]
    for matrix in (amounts, *parts.values()):
        matrix.sum(), matrix.sum(axis=0), matrix.sum(axis=1)
    return amounts


def numpy_accrual(notionals, fees, fixing_days, rates, days):
    np = library("numpy")

    def run():
        fixing = np.searchsorted(fixing_days, np.arange(int(days)), side="right") - 1
        return accrued(np, rates[fixing], notionals, fees)

    return run


def pandas_accrual(notionals, fees, fixing_days, rates, days):
    """A desk's sheet: one row a day and position, grouped for each sum."""
    np, pd = library("numpy"), library("pandas")
    fixings = pd.Series(rates, index=fixing_days)

    def run():
        base = fixings.reindex(np.arange(days), method="ffill")
        sheet = pd.MultiIndex.from_product([base.index, range(len(notionals))], names=["day", "position"]).to_frame(index=False)
        rate = base.to_numpy()[sheet["day"].to_numpy(dtype=int)]
        notional, fee = notionals[sheet["position"]], fees[sheet["position"]]
        long, short = np.maximum(notional, 0), np.maximum(-notional, 0)
        sheet["base"] = (short - long) * rate / 360
        sheet["spread"] = -long * 0.005 / 360
        sheet["rebate"] = -short * 0.0025 / 360
        sheet["borrow"] = -short * fee / 10_000 / 360
        parts = ["base", "spread", "rebate", "borrow"]
        sheet["amount"] = sheet[parts].sum(axis=1)
        for key in ("day", "position"):
            sheet.groupby(key)[[*parts, "amount"]].sum()
        sheet[[*parts, "amount"]].sum()
        return sheet["amount"].to_numpy()

    return run


# kalman/panel: the pair filter from the prior (0, 1) with covariance I, x and y being time × pairs.


def kalman_python(x, y, delta, R):
    """One pair, as a loop over plain floats."""
    from math import log, sqrt

    xs, ys = x.ravel().tolist(), y.ravel().tolist()

    def run():
        a, b, p00, p01, p11, loglik = 0.0, 1.0, 1.0, 0.0, 1.0, 0.0
        intercept, slope, innovation, deviation, z = [], [], [], [], []
        for h, target in zip(xs, ys):
            p00 += delta
            p11 += delta
            m0, m1 = p00 + p01 * h, p01 + p11 * h
            S = m0 + m1 * h + R
            k0, k1 = m0 / S, m1 / S
            v = target - (a + b * h)
            a += k0 * v
            b += k1 * v
            p00, p01, p11 = p00 - k0 * m0, p01 - k0 * m1, p11 - k1 * m1
            root = sqrt(S)
            intercept.append(a)
            slope.append(b)
            innovation.append(v)
            deviation.append(root)
            z.append(v / root)
            loglik -= 0.5 * (1.8378770664093453 + log(S) + v * v / S)
        return z

    return run


def kalman_python_matrices(x, y, delta, R):
    """One pair, as textbooks and notebooks write it: a Python loop over small numpy matrices."""
    np = library("numpy")
    xs, ys = x.ravel(), y.ravel()

    def run():
        theta, P, Q, z = np.array([0.0, 1.0]), np.eye(2), np.eye(2) * delta, np.empty(len(xs))
        for t in range(len(xs)):
            H = np.array([1.0, xs[t]])
            P = P + Q
            error = ys[t] - H @ theta
            S = H @ P @ H + R
            K = P @ H / S
            theta = theta + K * error
            P = (np.eye(2) - np.outer(K, H)) @ P
            z[t] = error / np.sqrt(S)
        return z

    return run


def kalman_numpy(x, y, delta, R):
    """All pairs at once, a bar after the other, into arrays that are there already."""
    return kalman_numpy_figures(x, y, delta, R, ("intercept", "slope", "innovation", "deviation", "z"))


def kalman_numpy_two(x, y, delta, R):
    """The same, keeping slope and z-score alone."""
    return kalman_numpy_figures(x, y, delta, R, ("slope", "z"))


def kalman_numpy_figures(x, y, delta, R, kept):
    np = library("numpy")
    bars, pairs = x.shape
    out = {name: np.zeros((bars, pairs)) for name in kept}

    def run():
        a, b = np.zeros(pairs), np.ones(pairs)
        p00, p01, p11, loglik = np.ones(pairs), np.zeros(pairs), np.ones(pairs), np.zeros(pairs)
        for t in range(bars):
            h = x[t]
            p00 = p00 + delta
            p11 = p11 + delta
            m0, m1 = p00 + p01 * h, p01 + p11 * h
            S = m0 + m1 * h + R
            k0, k1 = m0 / S, m1 / S
            v = y[t] - (a + b * h)
            a = a + k0 * v
            b = b + k1 * v
            p00, p01, p11 = p00 - k0 * m0, p01 - k0 * m1, p11 - k1 * m1
            root = np.sqrt(S)
            z = v / root
            for name, figure in (("intercept", a), ("slope", b), ("innovation", v), ("deviation", root), ("z", z)):
                if name in out:
                    out[name][t] = figure
            loglik -= 0.5 * (1.8378770664093453 + np.log(S) + z * z)
        return out["z"]

    return run


def kalman_numba(x, y, delta, R):
    """A pair after the other, compiled."""
    np, numba = library("numpy"), library("numba")

    @numba.njit
    def all_pairs(x, y, intercept, slope, innovation, deviation, z, loglik):
        bars, pairs = x.shape
        for j in range(pairs):
            a, b, p00, p01, p11, total = 0.0, 1.0, 1.0, 0.0, 1.0, 0.0
            for t in range(bars):
                h = x[t, j]
                p00 += delta
                p11 += delta
                m0 = p00 + p01 * h
                m1 = p01 + p11 * h
                S = m0 + m1 * h + R
                k0 = m0 / S
                k1 = m1 / S
                v = y[t, j] - (a + b * h)
                a += k0 * v
                b += k1 * v
                p00 -= k0 * m0
                p01 -= k0 * m1
                p11 -= k1 * m1
                root = np.sqrt(S)
                intercept[t, j] = a
                slope[t, j] = b
                innovation[t, j] = v
                deviation[t, j] = root
                z[t, j] = v / root
                total -= 0.5 * (1.8378770664093453 + np.log(S) + v * v / S)
            loglik[j] = total

    out = [np.empty(x.shape) for _ in range(5)]
    loglik = np.empty(x.shape[1])

    def run():
        all_pairs(x, y, *out, loglik)
        return out[4]

    return run


def kalman_numba_rows(x, y, delta, R):
    """All pairs a bar, compiled: the order that lets the compiler take several at a time."""
    np, numba = library("numpy"), library("numba")

    @numba.njit(error_model="numpy")
    def all_pairs(x, y, state, intercept, slope, innovation, deviation, z):
        bars, pairs = x.shape
        for t in range(bars):
            for j in range(pairs):
                h = x[t, j]
                p00 = state[2, j] + delta
                p01 = state[3, j]
                p11 = state[4, j] + delta
                m0 = p00 + p01 * h
                m1 = p01 + p11 * h
                S = m0 + m1 * h + R
                k0 = m0 / S
                k1 = m1 / S
                v = y[t, j] - (state[0, j] + state[1, j] * h)
                a = state[0, j] + k0 * v
                b = state[1, j] + k1 * v
                state[0, j] = a
                state[1, j] = b
                state[2, j] = p00 - k0 * m0
                state[3, j] = p01 - k0 * m1
                state[4, j] = p11 - k1 * m1
                root = np.sqrt(S)
                intercept[t, j] = a
                slope[t, j] = b
                innovation[t, j] = v
                deviation[t, j] = root
                z[t, j] = v / root
                state[5, j] -= 0.5 * (1.8378770664093453 + np.log(S) + v * v / S)

    out = [np.empty(x.shape) for _ in range(5)]

    def run():
        state = np.zeros((6, x.shape[1]))
        state[[1, 2, 4]] = 1.0
        all_pairs(x, y, state, *out)
        return out[4]

    return run


KALMAN = (kalman_python, kalman_python_matrices, kalman_numpy, kalman_numpy_two, kalman_numba, kalman_numba_rows)


# pairs


def statsmodels_adfuller(y):
    """Lags by the Akaike criterion, as everywhere below."""
    library("statsmodels")
    from statsmodels.tsa.stattools import adfuller

    return lambda: adfuller(y, result_object=False)[0]


def statsmodels_coint_pairs(prices):
    """The better statistic of each pair's two directions, pairs in the order of ours."""
    np = library("numpy")
    library("statsmodels")
    from statsmodels.tsa.stattools import coint

    def ranked():
        names = prices.shape[1]
        return np.array(
            [
                min(
                    coint(prices[:, a], prices[:, b], return_results=False)[0],
                    coint(prices[:, b], prices[:, a], return_results=False)[0],
                )
                for a in range(names)
                for b in range(a)
            ]
        )

    return ranked


def statsmodels_johansen(prices):
    np = library("numpy")
    library("statsmodels")
    from statsmodels.tsa.vector_ar.vecm import coint_johansen

    def statistics():
        result = coint_johansen(prices, 0, 1)
        return np.concatenate([result.trace_stat, result.max_eig_stat])

    return statistics


PAIRS = (statsmodels_adfuller, statsmodels_coint_pairs, statsmodels_johansen)


# risk/simulation: value at risk and expected shortfall of compounded normal days


def tail_of(returns, alpha):
    np = library("numpy")
    quantile = np.quantile(returns, alpha)
    return np.array([-quantile, -returns[returns <= quantile].mean()])


def monte_carlo_var_by_asset(weights, lower, scenarios, horizon, alpha):
    """Shocks of all assets, their returns by the factor, the portfolio's by the weights; in pieces that stay in memory."""
    np = library("numpy")
    generator = np.random.default_rng(7)
    scenarios, horizon = int(scenarios), int(horizon)

    def run():
        growth = np.ones(scenarios)
        for _ in range(horizon):
            growth *= 1 + (generator.standard_normal((scenarios, len(weights))) @ lower.T) @ weights
        return tail_of(growth - 1, alpha)

    return run


def monte_carlo_var_folded(weights, lower, scenarios, horizon, alpha):
    np = library("numpy")
    generator = np.random.default_rng(7)
    loadings = lower.T @ weights
    scenarios, horizon = int(scenarios), int(horizon)

    def run():
        growth = np.ones(scenarios)
        for _ in range(horizon):
            growth *= 1 + generator.standard_normal((scenarios, len(weights))) @ loadings
        return tail_of(growth - 1, alpha)

    return run


def monte_carlo_var_one_shock(weights, lower, scenarios, horizon, alpha):
    np = library("numpy")
    generator = np.random.default_rng(7)
    volatility = np.linalg.norm(lower.T @ weights)
    scenarios, horizon = int(scenarios), int(horizon)

    def run():
        growth = np.ones(scenarios)
        for _ in range(horizon):
            growth *= 1 + volatility * generator.standard_normal(scenarios)
        return tail_of(growth - 1, alpha)

    return run


# risk/performance: the figures that every peer has, in one order
def empyrical_performance(returns):
    np, empyrical = library("numpy"), library("empyrical")

    def figures():
        return np.array(
            [
                empyrical.cum_returns_final(returns),
                empyrical.annual_return(returns),
                empyrical.annual_volatility(returns),
                empyrical.sharpe_ratio(returns),
                empyrical.sortino_ratio(returns),
                empyrical.calmar_ratio(returns),
                empyrical.max_drawdown(returns),
                empyrical.omega_ratio(returns),
            ]
        )

    return figures


def pandas_performance(returns):
    """Series by hand, each figure from its definition."""
    np, pd = library("numpy"), library("pandas")
    x = pd.Series(returns)

    def figures():
        equity = (1 + x).cumprod()
        total = equity.iloc[-1] - 1
        cagr = (1 + total) ** (252 / len(x)) - 1
        depth = (equity / equity.cummax().clip(lower=1) - 1).min()
        deviation = x.std()
        year = np.sqrt(252)
        downside = np.sqrt((x.clip(upper=0) ** 2).mean())
        return np.array(
            [
                total,
                cagr,
                deviation * year,
                x.mean() / deviation * year,
                x.mean() / downside * year,
                cagr / -depth,
                depth,
                x[x > 0].sum() / -x[x < 0].sum(),
            ]
        )

    return figures


def pandas_rolling_sharpe(returns, window):
    np, pd = library("numpy"), library("pandas")
    x = pd.Series(returns)
    window = int(window)

    def ratio():
        rolling = x.rolling(window)
        return (rolling.mean() / rolling.std() * np.sqrt(252)).to_numpy()[window - 1 :]

    return ratio


RISK_PERFORMANCE = (empyrical_performance, pandas_performance, pandas_rolling_sharpe)


# risk/sizing and risk/hedge


def pandas_volatility_target(returns, target, window, cap):
    np, pd = library("numpy"), library("pandas")
    frame = pd.DataFrame(returns)
    year = np.sqrt(252)
    return lambda: (target / (frame.rolling(int(window)).std().shift(1) * year)).clip(upper=cap).to_numpy()


def tail_hedge_loop(returns, market, net):
    level, active = 1.0, False
    for t in range(len(returns)):
        drawdown = level - 1.0
        active = not drawdown > -0.025 if active else drawdown < -0.05
        fall = -market[t] if market[t] < 0 else 0.0
        net[t] = returns[t] + (0.1 * fall**1.5 * 3.0 - 0.0002 if active else 0.0)
        level = max(0.0, min(1.0, level * (1.0 + net[t])))
    return net


def python_tail_hedge(returns, market):
    r, m = returns.tolist(), market.tolist()
    return lambda: tail_hedge_loop(r, m, [0.0] * len(r))


def numba_tail_hedge(returns, market):
    np, numba = library("numpy"), library("numba")
    compiled = numba.njit(tail_hedge_loop)
    net = np.empty(len(returns))
    return lambda: compiled(returns, market, net)


RISK_SIZING = (pandas_volatility_target, python_tail_hedge, numba_tail_hedge)


# signals/factors


def factors_by_pandas(prices, returns, market):
    """The five factors as the pipeline prints them, on whole frames; the days of the year from 1970-01-01 on."""
    np, pd = library("numpy"), library("pandas")
    P, R, M = pd.DataFrame(prices), pd.DataFrame(returns), pd.Series(market)
    day = pd.date_range("1970-01-01", periods=len(P)).day_of_year

    def factors():
        vol = R.rolling(20).std() * np.sqrt(252)
        usual = vol.rolling(252)
        volatility = -(vol - usual.mean()) / usual.std() * (1 + vol.rolling(20).std())
        fast = R.rolling(20).sum()
        excess = fast.sub(M.rolling(20).sum(), axis=0)
        momentum = 0.7 * excess + 0.3 * (fast - R.rolling(60).sum())
        low, high = R.rolling(60).quantile(0.05), R.rolling(60).quantile(0.95)
        tail_risk = -low * (high + low) / (high - low)
        beta = R.rolling(60).cov(M).div(M.rolling(60).var(), axis=0)
        beta_signal = -beta * (1 + beta.rolling(60).std())
        average = P.rolling(252).mean()
        season = pd.Series(np.sin(2 * np.pi * day / 365), index=P.index)
        premium = R.rolling(5).std() * np.sqrt(252) * 1.2 - vol
        carry = (0.5 * premium - 0.3 * (P - average) / average).add(0.2 * season, axis=0)
        return volatility, momentum, tail_risk, beta_signal, carry

    return factors


def pandas_factors(prices, returns, market):
    np, factors = library("numpy"), factors_by_pandas(prices, returns, market)
    return lambda: np.concatenate([factor.to_numpy()[271:].ravel() for factor in factors()])


def pandas_validation(signal, returns):
    """Rolling coefficient, hit rate, turnover of tanh positions and the rank coefficient across assets, on whole frames."""
    np, pd = library("numpy"), library("pandas")
    S, R = pd.DataFrame(signal), pd.DataFrame(returns)

    def validate():
        before = S.shift(1)
        ic = before.rolling(252).corr(R)
        hits = (np.sign(before) == np.sign(R)).astype(float).where(before.notna()).rolling(252).mean()
        traded = np.tanh(2 * S).diff().abs().rolling(252).mean()
        ranks = before.rank(axis=1).corrwith(R.rank(axis=1), axis=1)
        return np.concatenate([x.to_numpy()[252:].ravel() for x in (ic, hits, traded)] + [ranks.to_numpy()[1:]])

    return validate


#: Rows before the last figure of the signal job is there.
JOB_WARM_UP = 524


def rolling_ic(S, R):
    return S.shift(1).rolling(252).corr(R)


def rolling_rank_ic(S, R):
    """pandas has no rolling rank correlation: the windows of each column as rows, their ranks by scipy."""
    np = library("numpy")
    library("scipy")
    from numpy.lib.stride_tricks import sliding_window_view
    from scipy.stats import rankdata

    before, after = S.shift(1).to_numpy(), R.to_numpy()
    out = np.full(before.shape, np.nan)
    for j in range(before.shape[1]):
        x, y = (rankdata(sliding_window_view(values[:, j], 63), axis=1, nan_policy="propagate") for values in (before, after))
        x -= x.mean(axis=1, keepdims=True)
        y -= y.mean(axis=1, keepdims=True)
        out[62:, j] = (x * y).sum(axis=1) / np.sqrt((x * x).sum(axis=1) * (y * y).sum(axis=1))
    return out


def health(S, R):
    """The rank coefficient across assets, that net of turnover, and the smoothed score of the five components."""
    np = library("numpy")
    ic = S.shift(1).rank(axis=1).corrwith(R.rank(axis=1), axis=1)
    adjusted = ic / (1 + 100 * np.tanh(2 * S).diff().abs().mean(axis=1))
    logistic = lambda x: 1 / (1 + np.exp(-x))
    mean = ic.rolling(63).mean()
    velocity = mean - mean.shift(63)
    level = logistic((mean - 0.02) / 0.01)
    score = (
        0.35 * level
        + 0.2 * level / (1 + ic.rolling(63).std() / 0.1)
        + 0.15 * logistic((adjusted.rolling(63).mean() - 0.005) / 0.005)
        + 0.2 * logistic(velocity / 0.02)
        + 0.1 * logistic((velocity - velocity.shift(63)) / 0.02)
    )
    return ic, adjusted, score.ewm(alpha=1 - 0.5 ** (1 / 21), adjust=False).mean()


def on_frames(figures):
    """A peer of one signal and its returns."""

    def peer(signal, returns):
        np, pd = library("numpy"), library("pandas")
        S, R = pd.DataFrame(signal), pd.DataFrame(returns)
        return lambda: np.concatenate([np.asarray(figure)[JOB_WARM_UP:].ravel() for figure in figures(S, R)])

    return peer


pandas_rolling_ic = on_frames(lambda S, R: [rolling_ic(S, R)])
pandas_rolling_rank_ic = on_frames(lambda S, R: [rolling_rank_ic(S, R)])
pandas_health = on_frames(health)


def pandas_signal_job(prices, returns, market):
    np, pd = library("numpy"), library("pandas")
    R, factors = pd.DataFrame(returns), factors_by_pandas(prices, returns, market)

    def job():
        figures = []
        for S in factors():
            figures += [S, rolling_ic(S, R), rolling_rank_ic(S, R), *health(S, R)]
        return np.concatenate([np.asarray(figure)[JOB_WARM_UP:].ravel() for figure in figures])

    return job


SIGNAL_JOB = {
    "pandas_rolling_ic": pandas_rolling_ic,
    "pandas_rolling_rank_ic": pandas_rolling_rank_ic,
    "pandas_health": pandas_health,
    "pandas_signal_job": pandas_signal_job,
}
SIGNAL_FACTORS = (pandas_factors,)
SIGNAL_VALIDATION = (pandas_validation,)


# The optimizer's recipes.


def scipy_risk_parity(covariance):
    """The convex form by a trust region with exact Newton steps."""
    np = library("numpy")
    library("scipy")
    from scipy.optimize import minimize

    n = len(covariance)
    start = 1 / np.sqrt(n * np.diag(covariance))

    def run():
        result = minimize(
            lambda x: 0.5 * x @ covariance @ x - np.log(x).sum() / n if (x > 0).all() else np.inf,
            start,
            jac=lambda x: covariance @ x - 1 / (n * x),
            hess=lambda x: covariance + np.diag(1 / (n * x * x)),
            method="trust-exact",
            options={"gtol": 1e-11},
        )
        return result.x / result.x.sum()

    return run


def shortfall_program(scenarios, confidence, cap):
    """The least a + k sum u with u + R w + a >= 0, 0 <= w <= cap, sum w = 1, u >= 0: costs and sparse rows in (w, a, u)."""
    np = library("numpy")
    library("scipy")
    from scipy import sparse

    S, n = scenarios.shape
    q = np.concatenate([np.zeros(n), [1.0], np.full(S, 1 / ((1 - confidence) * S))])
    rows = sparse.hstack([sparse.csc_matrix(scenarios), np.ones((S, 1)), sparse.identity(S)], format="csc")
    budget = sparse.csc_matrix((np.ones(n), (np.zeros(n, dtype=int), np.arange(n))), shape=(1, n + 1 + S))
    return q, rows, budget


def highspy_minimum_cvar(scenarios, confidence, cap):
    """HiGHS by its own choice of method, the model passed as arrays."""
    np = library("numpy")
    highspy = library("highspy")
    S, n = scenarios.shape
    q, rows, budget = shortfall_program(scenarios, confidence, cap)
    from scipy import sparse

    A = sparse.vstack([rows, budget], format="csc")
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(q), S + 1
    model.col_cost_ = q
    model.col_lower_ = np.concatenate([np.zeros(n), [-np.inf], np.zeros(S)])
    model.col_upper_ = np.concatenate([np.full(n, cap), np.full(S + 1, np.inf)])
    model.row_lower_ = np.concatenate([np.zeros(S), [1.0]])
    model.row_upper_ = np.concatenate([np.full(S, np.inf), [1.0]])
    model.a_matrix_.format_ = highspy.MatrixFormat.kColwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = A.indptr, A.indices, A.data

    def run():
        solver = highspy.Highs()
        solver.setOptionValue("output_flag", False)
        solver.setOptionValue("threads", 1)
        solver.passModel(model)
        solver.run()
        return solver.getInfo().objective_function_value

    return run


def clarabel_minimum_cvar(scenarios, confidence, cap):
    """Clarabel at its default tolerances."""
    np = library("numpy")
    clarabel = library("clarabel")
    from scipy import sparse

    S, n = scenarios.shape
    q, rows, budget = shortfall_program(scenarios, confidence, cap)
    size = len(q)
    weights = sparse.identity(size, format="csc")[:n]
    excess = sparse.identity(size, format="csc")[n + 1 :]
    A = sparse.vstack([budget, -rows, -weights, weights, -excess], format="csc")
    b = np.concatenate([[1.0], np.zeros(S + n), np.full(n, cap), np.zeros(S)])
    cones = [clarabel.ZeroConeT(1), clarabel.NonnegativeConeT(len(b) - 1)]
    P = sparse.csc_matrix((size, size))

    def run():
        settings = clarabel.DefaultSettings()
        settings.verbose = False
        settings.max_threads = 1
        return clarabel.DefaultSolver(P, q, A, b, cones, settings).solve().obj_val

    return run


RECIPES = (scipy_risk_parity, highspy_minimum_cvar, clarabel_minimum_cvar)


# backtest: books


def backtest_vectorbt(prices, weights, bps):
    """Orders to target percentages; equity before the next fill's fees is worked out once, off the clock."""
    np = library("numpy")
    vbt = library("vectorbt")
    columns = np.zeros(prices.shape[1], dtype=int)

    def simulate():
        return vbt.Portfolio.from_orders(
            prices,
            weights,
            size_type="targetpercent",
            fees=bps / 1e4,
            cash_sharing=True,
            group_by=columns,
            init_cash=1e6,
            freq="1D",
        )

    def equity():
        book = simulate()
        fees = np.zeros(len(prices))
        orders = book.orders.records
        np.add.at(fees, orders["idx"].to_numpy(), orders["fees"].to_numpy())
        return book.value().to_numpy().ravel() + fees

    first = [equity]
    return lambda: first.pop()() if first else simulate()


def backtest_numpy(prices, weights, bps):
    np = library("numpy")

    def equity():
        returns = prices[1:] / prices[:-1] - 1
        held = weights[:-1]
        traded = np.abs(np.diff(held, axis=0, prepend=0)).sum(axis=1)
        net = (held * returns).sum(axis=1) - traded * bps / 1e4
        return 1e6 * np.concatenate([[1.0], np.cumprod(1 + net)])

    return equity


def backtest_pandas(prices, weights, bps):
    pd = library("pandas")
    quotes, wanted = pd.DataFrame(prices), pd.DataFrame(weights)

    def equity():
        held = wanted.shift(1).fillna(0.0)
        net = (held * quotes.pct_change()).sum(axis=1) - held.diff().abs().sum(axis=1) * bps / 1e4
        return 1e6 * (1 + net).cumprod()

    return equity


BACKTEST = (backtest_vectorbt, backtest_numpy, backtest_pandas)


# The validation of backtests: one point of a sweep, overfitting, resampled equity.
def pair_point_numpy(x, y, slope, position, bps):
    np = library("numpy")

    def sharpe():
        ratio = slope * x / y
        unit = 1 / (1 + np.abs(ratio))
        legs = np.column_stack([position * unit, -position * unit * ratio])[:-1]
        moves = np.column_stack([y[1:] / y[:-1], x[1:] / x[:-1]]) - 1
        traded = np.abs(np.diff(legs, axis=0, prepend=0)).sum(axis=1)
        net = (legs * moves).sum(axis=1) - traded * bps / 1e4
        equity = np.cumprod(1 + net)
        high = np.maximum(np.maximum.accumulate(equity), 1)
        return [net.mean() / net.std(ddof=1) * np.sqrt(98280), equity[-1] - 1, min(0, (equity / high - 1).min())]

    return sharpe


def pair_point_numba(x, y, slope, position, bps):
    """Weights and moves once, as a sweep would; then one loop over the bars, as one would write it for numba."""
    np, numba = library("numpy"), library("numba")
    ratio = slope * x / y
    unit = 1 / (1 + np.abs(ratio))
    weights = np.column_stack([unit, -unit * ratio])
    moves = np.column_stack([y[1:] / y[:-1], x[1:] / x[:-1]]) - 1

    @numba.njit
    def point(weights, moves, position, cost):
        bars = len(moves)
        net = np.empty(bars)
        a = b = 0.0
        for t in range(bars):
            c, d = position[t] * weights[t, 0], position[t] * weights[t, 1]
            net[t] = c * moves[t, 0] + d * moves[t, 1] - cost * (abs(c - a) + abs(d - b))
            a, b = c, d
        equity, high, lowest = 1.0, 1.0, 0.0
        for t in range(bars):
            equity *= 1 + net[t]
            high = max(high, equity)
            lowest = min(lowest, equity / high - 1)
        mean = net.mean()
        spread = np.sqrt(((net - mean) ** 2).sum() / (bars - 1))
        return mean / spread * np.sqrt(98280), equity - 1, lowest

    return lambda: list(point(weights, moves, position, bps / 1e4))


def overfitting_numpy(returns, blocks):
    np = library("numpy")
    from itertools import combinations

    S = int(blocks)

    def sharpe(rows):
        return rows.mean(axis=0) / rows.std(axis=0, ddof=1)

    def probability():
        parts = np.array_split(returns, S)
        below = ways = 0
        for taken in combinations(range(S), S // 2):
            inside = sharpe(np.concatenate([parts[k] for k in taken]))
            outside = sharpe(np.concatenate([parts[k] for k in range(S) if k not in taken]))
            rank = (outside < outside[inside.argmax()]).sum() + 1
            below += 2 * rank <= returns.shape[1] + 1
            ways += 1
        return below / ways

    return probability


def resample_arch(returns, paths, length):
    np, _ = library("numpy"), library("arch")
    from arch.bootstrap import StationaryBootstrap

    def deepest(r):
        equity = np.concatenate([[1.0], np.cumprod(1 + r)])
        return (equity / np.maximum.accumulate(equity) - 1).min()

    series = returns.ravel()
    return lambda: StationaryBootstrap(length, series, seed=1).apply(deepest, int(paths)).ravel()


BACKTEST_VALIDATION = (pair_point_numpy, pair_point_numba, overfitting_numpy, resample_arch)


# The optimizer's portfolios: quadratic programs in epigraph form, w first; each gives the utility.


def desk_parts(P_values, P_rows, P_pointers, A_values, A_rows, A_pointers, q):
    from scipy import sparse

    m = int(A_rows.max()) + 1
    P = sparse.csc_matrix((P_values, P_rows.astype(int), P_pointers.astype(int)), shape=(len(q), len(q)))
    A = sparse.csc_matrix((A_values, A_rows.astype(int), A_pointers.astype(int)), shape=(m, len(q)))
    return P, A


def desk_utility(P, q):
    """P is the upper triangle."""
    np = library("numpy")
    whole = P + P.T
    whole.setdiag(P.diagonal())
    return lambda x: np.array([-(0.5 * x @ (whole @ x) + q @ x)])


def osqp_desk(lower, upper, q, **parts):
    """OSQP at 1e-9 with polishing, set up and solved each time."""
    np, osqp = library("numpy"), library("osqp")
    P, A = desk_parts(**parts, q=q)
    utility = desk_utility(P, q)

    def solve():
        solver = osqp.OSQP()
        solver.setup(
            P, q, A, lower, upper, eps_abs=1e-9, eps_rel=1e-9, polishing=True, verbose=False, max_iter=100000
        )
        return utility(np.asarray(solver.solve().x))

    return solve


def osqp_desk_warm(lower, upper, q, rewards, **parts):
    """The same, set up once; then new expected returns, each solve from the last."""
    np, osqp = library("numpy"), library("osqp")
    P, A = desk_parts(**parts, q=q)
    solver = osqp.OSQP()
    solver.setup(
        P, q, A, lower, upper, eps_abs=1e-9, eps_rel=1e-9, polishing=True, verbose=False, max_iter=100000
    )
    n = rewards.shape[1]
    cases = [np.concatenate([-mu, q[n:]]) for mu in rewards]
    utilities = [desk_utility(P, case) for case in cases]

    def solve():
        found = []
        for case, utility in zip(cases, utilities):
            solver.update(q=case)
            found.append(utility(np.asarray(solver.solve().x))[0])
        return np.array(found)

    return solve


def piqp_desk(lower, upper, q, **parts):
    """PIQP at its default tolerances, bounds as bounds, set up and solved each time."""
    np, piqp = library("numpy"), library("piqp")
    from scipy import sparse

    P, A = desk_parts(**parts, q=q)
    utility = desk_utility(P, q)
    n = len(q)
    rows = A.tocsr()
    single = np.diff(rows.indptr) == 1
    x_l, x_u = np.full(n, -np.inf), np.full(n, np.inf)
    columns = rows[single].indices
    np.maximum.at(x_l, columns, lower[single])
    np.minimum.at(x_u, columns, upper[single])
    G = sparse.csc_matrix(rows[~single])
    h_l, h_u = lower[~single], upper[~single]

    def solve():
        solver = piqp.SparseSolver()
        solver.settings.verbose = False
        solver.setup(P, q, None, None, G, h_l, h_u, x_l, x_u)
        solver.solve()
        return utility(np.asarray(solver.result.x))

    return solve


def clarabel_desk(lower, upper, q, **parts):
    """Clarabel at its default tolerances, set up and solved each time."""
    np, clarabel = library("numpy"), library("clarabel")
    from scipy import sparse

    P, A = desk_parts(**parts, q=q)
    utility = desk_utility(P, q)
    above, below = np.isfinite(upper), np.isfinite(lower)
    rows = A.tocsr()
    G = sparse.csc_matrix(sparse.vstack([rows[above], -rows[below]]))
    h = np.concatenate([upper[above], -lower[below]])
    settings = clarabel.DefaultSettings()
    settings.verbose = False
    settings.max_threads = 1
    cones = [clarabel.NonnegativeConeT(len(h))]

    def solve():
        return utility(np.array(clarabel.DefaultSolver(P, q, G, h, cones, settings).solve().x))

    return solve


def cvxpy_desk(mu, covariance, current, betas, risk_aversion, cost, box, gross, net, beta):
    """Stated, compiled and solved each time, by the solver that it ships with for exact answers."""
    np, cp = library("numpy"), library("cvxpy")
    n = len(mu)

    def solve():
        w = cp.Variable(n)
        utility = mu @ w - risk_aversion * cp.quad_form(w, cp.psd_wrap(covariance))
        limits = [cp.abs(w) <= box, cp.norm(w, 1) <= gross, cp.abs(cp.sum(w)) <= net]
        if cost > 0:
            utility -= cost * cp.norm(w - current, 1)
            limits += [cp.abs(betas @ w) <= beta]
            limits += [cp.abs(cp.sum(w[g::5])) <= net for g in range(5)]
        cp.Problem(cp.Maximize(utility), limits).solve(solver=cp.CLARABEL)
        v = w.value
        return np.array([mu @ v - risk_aversion * v @ covariance @ v - cost * np.abs(v - current).sum()])

    return solve


PORTFOLIOS = (osqp_desk, osqp_desk_warm, piqp_desk, clarabel_desk, cvxpy_desk)


PEERS = {
    function.__name__: function
    for function in (
        sample_covariance,
        ledoit_wolf_identity,
        ewma_covariance,
        cholesky,
        matrix_product,
        triangular_solve,
        least_squares,
        symmetric_eigen,
        symmetric_eigenvalues,
        qdldl_solve,
        qdldl_update,
        splu_solve,
        standard_normal,
        standard_gamma,
        standard_t,
        times_transposed,
        normals_times_transposed,
        sobol_points,
        osqp_long_short,
        osqp_program,
        osqp_case,
        clarabel_long_short,
        cvxpy_long_short,
        numpy_accrual,
        pandas_accrual,
        as_of_join,
        resample_bars,
        pandas_rolling_min,
        pandas_rolling_max,
        pandas_rolling_quantile,
        pandas_rolling_median,
        pandas_rolling_rank,
        bottleneck_move_min,
        bottleneck_move_max,
        bottleneck_move_median,
        bottleneck_move_rank,
        pandas_rolling_mean,
        pandas_rolling_std,
        pandas_rolling_std_with_gaps,
        pandas_rolling_covariance,
        pandas_rolling_beta,
        pandas_rolling_correlation,
        pandas_rolling_skewness,
        pandas_rolling_kurtosis,
        pandas_ewm_mean,
        pandas_ewm_std,
        bottleneck_move_mean,
        bottleneck_move_std,
        bottleneck_move_std_with_gaps,
        numba_move_mean,
        numba_move_std,
        monte_carlo_var_by_asset,
        monte_carlo_var_folded,
        monte_carlo_var_one_shock,
    )
} | {name: special_function(which) for name, which in SPECIAL.items()} | {peer.__name__: peer for peer in KALMAN + PAIRS + RISK_SIZING + RISK_PERFORMANCE + SIGNAL_FACTORS + SIGNAL_VALIDATION + tuple(RECIPES) + BACKTEST + BACKTEST_VALIDATION + PORTFOLIOS} | SIGNAL_JOB

def read(value):
    if not isinstance(value, dict):
        return value
    np = library("numpy")
    return np.fromfile(value["file"]).reshape(value["shape"])


def main():
    # Solvers print as they please, some from C and at every call: stdout is the protocol's alone.
    protocol = os.fdopen(os.dup(1), "w")
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    print(json.dumps({"versions": {"python": sys.version.split()[0]}}), file=protocol, flush=True)
    call = None
    for line in sys.stdin:
        request = json.loads(line)
        try:
            if "prepare" in request:
                call = PEERS[request["prepare"]](**{name: read(v) for name, v in request["inputs"].items()})
                np = library("numpy")
                np.asarray(call(), dtype=float).ravel().tofile(request["output"])
                reply = {"versions": VERSIONS}
            else:
                start = time.perf_counter()
                for _ in range(request["run"]):
                    call()
                reply = {"seconds": time.perf_counter() - start}
        except Exception as problem:  # a peer that cannot take part says why
            reply = {"error": f"{type(problem).__name__}: {problem}"}
        print(json.dumps(reply), file=protocol, flush=True)


main()
