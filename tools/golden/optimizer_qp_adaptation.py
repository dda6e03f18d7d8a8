"""Small random QPs solved by native OSQP with rho adapted on the KKT error (mode 3). Run from the project's root."""

import numpy as np
import osqp
import scipy
import scipy.sparse as sp

import market

CAMEL = {
    "adaptive_rho": "adaptiveRho",
    "adaptive_rho_interval": "adaptiveRhoInterval",
    "adaptive_rho_fraction": "adaptiveRhoFraction",
    "adaptive_rho_tolerance": "adaptiveRhoTolerance",
    "check_termination": "checkTermination",
    "eps_abs": "epsAbs",
    "eps_rel": "epsRel",
    "rho": "rho",
    "scaled_termination": "scaledTermination",
}


def stored(matrix):
    matrix = sp.csc_matrix(matrix)
    matrix.sort_indices()
    rows, columns = matrix.shape
    return {
        "m": rows,
        "n": columns,
        "p": matrix.indptr.tolist(),
        "i": matrix.indices.tolist(),
        "x": matrix.data.tolist(),
    }


def case(seed, scaled):
    rng = np.random.default_rng(seed)
    n, m = 5, 7
    root = np.round(rng.standard_normal((n, n)), 1)
    P = sp.triu(np.round(root @ root.T, 3) * 10.0 ** rng.integers(-2, 3), format="csc")
    A = sp.csc_matrix(np.round(rng.standard_normal((m, n)), 3))
    q = np.round(rng.standard_normal(n), 3)
    middle = A @ rng.standard_normal(n)
    lower, upper = np.round(middle - rng.random(m), 3), np.round(middle + rng.random(m), 3)
    settings = {
        "adaptive_rho": 3,
        "adaptive_rho_interval": int(rng.integers(0, 12)),
        "adaptive_rho_fraction": float(rng.choice([0.1, 0.4, 0.8])),
        "adaptive_rho_tolerance": float(rng.choice([1.5, 5])),
        "check_termination": int(rng.choice([1, 25])),
        "eps_abs": 1e-7,
        "eps_rel": 1e-7,
        "rho": float(10.0 ** rng.integers(-4, 3)),
    }
    if scaled:  # a cost large enough that its scale tells the gap's terms apart
        settings["scaled_termination"] = True
        P, q = 100 * P, 100 * q
    solver = osqp.OSQP()
    solver.setup(P, q, A, lower, upper, verbose=False, **settings)
    result = solver.solve()
    return {
        "name": f"adaptation on the KKT error, draw {seed}{', in scaled terms' if scaled else ''}",
        "P": stored(P),
        "q": q.tolist(),
        "A": stored(A),
        "l": lower.tolist(),
        "u": upper.tolist(),
        "settings": {CAMEL[name]: value for name, value in settings.items()},
        "expected": {
            "status": result.info.status,
            "iterations": int(result.info.iter),
            "rhoUpdates": int(result.info.rho_updates),
            "x": result.x.tolist(),
            "y": result.y.tolist(),
        },
    }


if __name__ == "__main__":
    cases = [case(seed, False) for seed in range(12)] + [case(seed, True) for seed in range(36, 48)]
    market.write("optimizer", "qp/qp-adaptation", {"cases": cases}, scipy, osqp)
