"""Adjoint derivatives of small random QPs. Run from the project's root.

`native` are those of OSQP itself, for a gradient with respect to x. (Its figures for a gradient with respect to y have
the sign of -y on equalities and lower sides.) `differences` are central differences, in fifty digits and over a step of
1e-20, of dx'x + dy'y, x and y solving the equations of the rows that hold.
"""

import mpmath
import numpy as np
import osqp
import scipy.sparse as sp

import market

mpmath.mp.dps = 50
STEP = mpmath.mpf(10) ** -20


def solve(P, q, A, l, u):
    solver = osqp.OSQP()
    solver.setup(
        sp.triu(sp.csc_matrix(P), format="csc"), q, sp.csc_matrix(A), l, u,
        eps_abs=1e-10, eps_rel=1e-10, max_iter=100_000, polishing=True, polish_refine_iter=10, verbose=False,
    )
    return solver, solver.solve()


def merit(side, dx, dy):
    """dx'x + dy'y as a function of the problem, for the rows that hold at `side`."""
    active = [i for i, s in enumerate(side) if s != 0]

    def value(P, q, A, l, u):
        n, k = len(q), len(active)
        K = mpmath.zeros(n + k, n + k)
        right = mpmath.zeros(n + k, 1)
        for i in range(n):
            right[i] = -q[i]
            for j in range(n):
                K[i, j] = P[i][j]
        for r, i in enumerate(active):
            right[n + r] = u[i] if side[i] > 0 else l[i]
            for j in range(n):
                K[n + r, j] = K[j, n + r] = A[i][j]
        solution = mpmath.lu_solve(K, right)
        total = sum(mpmath.mpf(d) * solution[j] for j, d in enumerate(dx))
        return total + sum(mpmath.mpf(dy[i]) * solution[n + r] for r, i in enumerate(active))

    return value


def differences(value, P, q, A, l, u, side):
    data = [[[mpmath.mpf(v) for v in row] for row in P], [mpmath.mpf(v) for v in q]]
    data += [[[mpmath.mpf(v) for v in row] for row in A]]
    data += [[mpmath.mpf(v) if np.isfinite(v) else mpmath.mpf(0) for v in side] for side in (l, u)]
    P, q, A, l, u = data

    def slope(*places):
        at = []
        for sign in (1, -1):
            for vector, i in places:
                vector[i] += sign * STEP
            at.append(value(P, q, A, l, u))
            for vector, i in places:
                vector[i] -= sign * STEP
        return float((at[0] - at[1]) / (2 * STEP))

    n, m = len(q), len(l)
    pairs = [[slope((P[i], i)) if i == j else slope((P[i], j), (P[j], i)) / 2 for j in range(n)] for i in range(n)]
    return {
        "dP": pairs,
        "dq": [slope((q, j)) for j in range(n)],
        "dA": [[slope((A[i], j)) for j in range(n)] for i in range(m)],
        "dl": [0.0 if side[i] > 0 else slope((l, i)) for i in range(m)],
        "du": [0.0 if side[i] < 0 else slope((u, i)) for i in range(m)],
    }


def case(seed):
    rng = np.random.default_rng(seed)
    n, m = 4, 6
    root = np.round(rng.standard_normal((n - seed % 2, n)), 1)  # every other P is singular
    P = np.round(root.T @ root, 3)
    A = np.round(rng.standard_normal((m, n)), 2)
    A[-2:] = np.eye(n)[:2]
    q = np.round(3 * rng.standard_normal(n), 2)
    middle = A @ rng.standard_normal(n)
    l, u = np.round(middle - rng.random(m), 3), np.round(middle + rng.random(m), 3)
    l[0] = u[0]
    u[1], l[2] = np.inf, -np.inf
    solver, result = solve(P, q, A, l, u)
    x, y = result.x, result.y
    image = A @ x
    side = [(1 if y[i] > 0 else -1) if l[i] == u[i] or y[i] != 0 else 0 for i in range(m)]
    clear = all(abs(y[i]) > 1e-3 if side[i] else min(image[i] - l[i], u[i] - image[i]) > 1e-3 for i in range(m))
    if result.info.status != "solved" or result.info.status_polish != 1 or not clear:
        return None
    dx, dy = np.round(rng.standard_normal(n), 2), np.round(rng.standard_normal(m), 2)
    solver.adjoint_derivative_compute(dx, np.zeros(m))
    dP, dA = solver.adjoint_derivative_get_mat(as_dense=True, dP_as_triu=True)
    dq, dl, du = solver.adjoint_derivative_get_vec()
    return {
        "name": f"draw {seed}",
        "P": P, "q": q, "A": A, "l": l, "u": u,
        "x": x, "y": y, "dx": dx, "dy": dy,
        "native": {"dP": np.triu(dP), "dq": dq, "dA": dA, "dl": dl, "du": du},
        "differences": differences(merit(side, dx, dy), P, q, A, l, u, side),
    }  # fmt: skip


if __name__ == "__main__":
    cases = [found for seed in range(60) if (found := case(seed)) is not None][:16]
    print(len(cases), "cases")
    market.write("optimizer", "qp/derivative/adjoint-derivatives", {"cases": cases}, osqp, mpmath)
