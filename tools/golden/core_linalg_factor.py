"""Factors, least squares and conditions by numpy, scipy and statsmodels on seeded nasty matrices; exact answers by
rational arithmetic (mpmath with 60 digits); the fill of elimination orders by SuiteSparse's AMD in qdldl and SuperLU's
minimum degree in scipy."""

import mpmath
import numpy as np
import qdldl
import scipy
import scipy.linalg
import scipy.sparse
import scipy.sparse.linalg
import statsmodels
import statsmodels.api

import market


def nasty():
    """Name and matrix: random, graded, nearly singular, deficient, wide, huge, tiny."""
    rng = np.random.default_rng(20260103)
    hilbert = scipy.linalg.hilbert(7)
    low = rng.normal(size=(8, 3)) @ rng.normal(size=(3, 6))
    vandermonde = np.vander(np.linspace(0.1, 1, 9), 6)
    grading = 10.0 ** np.arange(0, -12, -2)
    return {
        "square": rng.normal(size=(6, 6)),
        "tall": rng.normal(size=(9, 4)),
        "wide": rng.normal(size=(4, 9)),
        "graded": grading[:, None] * rng.normal(size=(6, 6)),
        "hilbert": hilbert,
        "vandermonde": vandermonde,
        "deficient": low,
        "zero": np.zeros((3, 2)),
        "row": rng.normal(size=(1, 5)),
        "column": rng.normal(size=(5, 1)),
        "huge": 2.0**1000 * rng.normal(size=(5, 4)),
        "tiny": 2.0**-1000 * rng.normal(size=(4, 5)),
    }


def positive_diagonal(Q, R):
    signs = np.where(np.diag(R) < 0, -1.0, 1.0)
    return Q[:, : len(signs)] * signs, signs[:, None] * R[: len(signs)]


def exact_lstsq(A, b):
    """The least squares of the doubles as they are, by the normal equations in 120 digits."""
    with mpmath.workdps(120):
        M, v = mpmath.matrix(A.tolist()), mpmath.matrix(b.tolist())
        x = mpmath.lu_solve(M.T * M, M.T * v)
        return np.array([float(value) for value in x])


def factors_fixture():
    rng = np.random.default_rng(20260104)
    cases = {}
    for name, A in nasty().items():
        m, n = A.shape
        unit = 2.0 ** np.ceil(np.log2(np.abs(A).max())) if A.any() else 1.0
        scaled = A / unit  # exact: a power of two
        U, s, Vt = np.linalg.svd(scaled, full_matrices=False)
        Q, R = positive_diagonal(*np.linalg.qr(scaled))
        b = rng.normal(size=m)
        x, _, rank, _ = np.linalg.lstsq(scaled, b, rcond=max(m, n) * np.finfo(float).eps)
        cases[name] = {
            "A": A,
            "unit": unit,
            "singular": s,
            "R": R,
            "rank": int(rank),
            "b": b,
            "lstsq": x,
            "pinv": np.linalg.pinv(scaled, rcond=max(m, n) * np.finfo(float).eps),
        }
        if m >= n and rank == n:
            cases[name]["exact"] = exact_lstsq(scaled, b)
    market.write("core-linalg", "factor/factors", {"cases": cases})


def symmetric_fixture():
    rng = np.random.default_rng(20260105)
    cases = {}
    for n in (1, 2, 3, 6, 11):
        G = rng.normal(size=(n, n))
        indefinite = G + G.T
        hollow = indefinite - np.diag(np.diag(indefinite))
        for name, A in {"indefinite": indefinite, "hollow": hollow}.items():
            values = np.linalg.eigvalsh(A)
            if np.abs(values).min() < 1e-10:
                continue
            b = rng.normal(size=n)
            with mpmath.workdps(60):
                exact = mpmath.lu_solve(mpmath.matrix(A.tolist()), mpmath.matrix(b.tolist()))
                determinant = mpmath.det(mpmath.matrix(A.tolist()))
                cases[f"{name} {n}"] = {
                    "A": A,
                    "b": b,
                    "x": [float(v) for v in exact],
                    "positive": int((values > 0).sum()),
                    "determinant": float(determinant),
                    "logMagnitude": float(mpmath.log(abs(determinant))),
                    "condition": np.linalg.cond(A),
                }
    hilbert = {}
    for n in (3, 5, 8, 10):
        with mpmath.workdps(60):
            H = mpmath.matrix(scipy.linalg.hilbert(n).tolist())
            inverse = H**-1
            one_norm = max(sum(abs(H[i, j]) for i in range(n)) for j in range(n))
            inverse_norm = max(sum(abs(inverse[i, j]) for i in range(n)) for j in range(n))
            hilbert[n] = {"condition1": float(one_norm * inverse_norm), "condition2": np.linalg.cond(scipy.linalg.hilbert(n))}
    market.write("core-linalg", "factor/symmetric", {"cases": cases, "hilbert": hilbert})


def regression_fixture():
    """Standard errors by statsmodels; ridge by the normal equations in 60 digits."""
    r = market.returns(120)
    X = np.column_stack([np.ones(len(r)), r[["MARKET", "ALPHA", "BRAVO"]].to_numpy()])
    y = r["CEDAR"].to_numpy()
    fit = statsmodels.api.OLS(y, X).fit()
    ridge = 0.01
    with mpmath.workdps(60):
        M, v = mpmath.matrix(X.tolist()), mpmath.matrix(y.tolist())
        penalised = mpmath.lu_solve(M.T * M + ridge * mpmath.eye(X.shape[1]), M.T * v)
    market.write(
        "core-linalg",
        "factor/regression",
        {
            "X": X,
            "y": y,
            "solution": fit.params,
            "standard_errors": fit.bse,
            "rss": fit.ssr,
            "condition": np.linalg.cond(X),
            "ridge": ridge,
            "ridge_solution": [float(value) for value in penalised],
        },
        statsmodels,
    )


def grid(side, dimensions):
    line = scipy.sparse.diags([-np.ones(side - 1), 2 * np.ones(side), -np.ones(side - 1)], [-1, 0, 1])
    K = line
    for _ in range(dimensions - 1):
        K = scipy.sparse.kronsum(K, line)
    return scipy.sparse.csc_matrix(K + scipy.sparse.eye(K.shape[0]))


def kkt(variables, rows, entries, seed):
    """[P, Aᵀ; A, −I] with a banded P and `entries` variables a row."""
    rng = np.random.default_rng(seed)
    P = scipy.sparse.diags([0.1, 0.1, 10.0, 0.1, 0.1], [-2, -1, 0, 1, 2], shape=(variables, variables))
    columns = np.concatenate([rng.choice(variables, entries, replace=False) for _ in range(rows)])
    A = scipy.sparse.csc_matrix((np.ones(rows * entries), (np.repeat(np.arange(rows), entries), columns)), (rows, variables))
    return scipy.sparse.csc_matrix(scipy.sparse.bmat([[P, A.T], [A, -scipy.sparse.eye(rows)]]))


def fill_fixture():
    """Entries of L below the diagonal. Grids are named by side and dimension; the others carry their pattern."""
    cases = {}
    for side, dimensions in ((20, 2), (50, 2), (100, 2), (12, 3)):
        cases[f"grid {side} {dimensions}"] = (grid(side, dimensions), None)
    for variables, rows, entries in ((60, 40, 3), (150, 100, 4), (300, 30, 20)):
        K = kkt(variables, rows, entries, variables)
        upper = scipy.sparse.triu(K).tocsc()
        upper.sort_indices()
        cases[f"kkt {variables} {rows} {entries}"] = (K, {"pointers": upper.indptr, "rows": upper.indices})
    payload = {}
    for name, (K, pattern) in cases.items():
        L, _, _ = qdldl.Solver(scipy.sparse.triu(K).tocsc(), upper=True).factors()
        superlu = scipy.sparse.linalg.splu(
            K, permc_spec="MMD_AT_PLUS_A", diag_pivot_thresh=0, options={"SymmetricMode": True}
        )
        payload[name] = {"size": K.shape[0], "amd": L.nnz, "mmd": superlu.L.nnz - K.shape[0], "pattern": pattern}
    market.write("core-linalg", "sparse/fill", {"cases": payload}, scipy)


factors_fixture()
symmetric_fixture()
regression_fixture()
fill_fixture()
