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


PEERS = {
    function.__name__: function
    for function in (
        sample_covariance,
        cholesky,
        standard_normal,
        osqp_long_short,
        clarabel_long_short,
        cvxpy_long_short,
        as_of_join,
        resample_bars,
    )
}


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
