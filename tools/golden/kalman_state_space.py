"""Fixtures of the filter half of @astra-quant/kalman, by two ways that are not the package's own.

- dense: all states of all bars in one normal equation, flat prior and all, solved in 60 digits: what is filtered is the
  last state of the equation of the bars so far, what is smoothed any state of the equation of all;
- statsmodels: its exact diffuse filter and smoother, recursive least squares, and maximum likelihood.
"""

import market
import mpmath as mp
import numpy as np
import statsmodels
import statsmodels.api as sm
from statsmodels.tsa.statespace.initialization import Initialization
from statsmodels.tsa.statespace.mlemodel import MLEModel

mp.mp.dps = 60
NAN = float("nan")


def matrix(rows):
    return mp.matrix([[mp.mpf(float(v)) for v in row] for row in rows])


class Dense:
    """y_t = d + Z_t a_t + e, a_{t+1} = c + T a_t + eta, H and Q positive definite, nothing known of a_1."""

    def __init__(self, Z, H, T, Q, d, c, Y):
        self.bars, self.n = len(Y), len(T)
        self.Z = [matrix(z) for z in Z]
        self.H, self.T, self.Q = matrix(H), matrix(T), matrix(Q)
        self.Qi = self.Q**-1
        self.d, self.c, self.Y = [mp.mpf(float(v)) for v in d], [mp.mpf(float(v)) for v in c], Y

    def posterior(self, seen, states):
        """Of the first `states` states, given the first `seen` bars: precision, mean, and the log-likelihood."""
        n = self.n
        L = mp.matrix(n * states, n * states)
        b = mp.matrix(n * states, 1)
        rest, logdet, count = mp.mpf(0), mp.mpf(0), 0
        for t in range(seen):
            there = [i for i, v in enumerate(self.Y[t]) if not np.isnan(v)]
            if not there:
                continue
            H = mp.matrix([[self.H[i, j] for j in there] for i in there])
            Z = mp.matrix([[self.Z[t][i, j] for j in range(n)] for i in there])
            r = mp.matrix([mp.mpf(float(self.Y[t][i])) - self.d[i] for i in there])
            Hi = H**-1
            block, vector = Z.T * Hi * Z, Z.T * Hi * r
            for i in range(n):
                b[t * n + i] += vector[i]
                for j in range(n):
                    L[t * n + i, t * n + j] += block[i, j]
            rest += (r.T * Hi * r)[0]
            logdet += mp.log(mp.det(H))
            count += len(there)
        for t in range(states - 1):
            D = mp.matrix(n, 2 * n)
            for i in range(n):
                D[i, n + i] = 1
                for j in range(n):
                    D[i, j] = -self.T[i, j]
            c = mp.matrix(self.c)
            block, vector = D.T * self.Qi * D, D.T * self.Qi * c
            for i in range(2 * n):
                b[t * n + i] += vector[i]
                for j in range(2 * n):
                    L[t * n + i, t * n + j] += block[i, j]
            rest += (c.T * self.Qi * c)[0]
            logdet += mp.log(mp.det(self.Q))
        return L, b, rest, logdet, count

    def solve(self, seen, states):
        L, b, rest, logdet, count = self.posterior(seen, states)
        V = L**-1
        m = V * b
        loglik = -(count * mp.log(2 * mp.pi) + logdet + mp.log(mp.det(L)) + rest - (b.T * m)[0]) / 2
        return m, V, loglik

    def state(self, solved, t):
        m, V, _ = solved
        n = self.n
        mean = [m[t * n + i] for i in range(n)]
        return mean, mp.matrix([[V[t * n + i, t * n + j] for j in range(n)] for i in range(n)])

    def run(self, determined):
        """`determined`: bars needed before every state is known."""
        p = len(self.d)
        out = {k: [] for k in ("mean", "covariance", "innovation", "innovationCovariance")}
        for t in range(self.bars):
            if t + 1 < determined:
                out["mean"].append([NAN] * self.n)
                out["covariance"].append([[NAN] * self.n] * self.n)
            else:
                mean, V = self.state(self.solve(t + 1, t + 1), t)
                out["mean"].append([float(v) for v in mean])
                out["covariance"].append([[float(V[i, j]) for j in range(self.n)] for i in range(self.n)])
            if t < determined:
                out["innovation"].append([NAN] * p)
                out["innovationCovariance"].append([[NAN] * p] * p)
            else:
                a, P = self.state(self.solve(t, t + 1), t)
                Z = self.Z[t]
                F = Z * P * Z.T + self.H
                v = [
                    NAN
                    if np.isnan(self.Y[t][i])
                    else float(mp.mpf(float(self.Y[t][i])) - self.d[i] - sum(Z[i, j] * a[j] for j in range(self.n)))
                    for i in range(p)
                ]
                out["innovation"].append(v)
                out["innovationCovariance"].append([[float(F[i, j]) for j in range(p)] for i in range(p)])
        solved = self.solve(self.bars, self.bars)
        smooth = [self.state(solved, t) for t in range(self.bars)]
        out["smoothedMean"] = [[float(v) for v in mean] for mean, _ in smooth]
        out["smoothedCovariance"] = [
            [[float(V[i, j]) for j in range(self.n)] for i in range(self.n)] for _, V in smooth
        ]
        out["logLikelihood"] = float(solved[2])
        return out


def trend():
    rng = np.random.default_rng(20261)
    Y = (100 + np.cumsum(rng.normal(0.2, 0.5, 14)) + rng.normal(0, 0.3, 14)).round(3)[:, None]
    Y[[0, 5, 6], 0] = NAN
    model = {
        "design": [[1, 0]],
        "observationCovariance": [[0.09]],
        "transition": [[1, 1], [0, 1]],
        "stateCovariance": [[0.2, 0.01], [0.01, 0.02]],
        "observationIntercept": [0.5],
        "stateIntercept": [0.0, 0.01],
    }
    dense = Dense(
        [model["design"]] * 14,
        *(model[k] for k in ("observationCovariance", "transition", "stateCovariance")),
        *(model[k] for k in ("observationIntercept", "stateIntercept")),
        Y,
    )
    return {"model": model, "Y": Y, **dense.run(3)}


def changing():
    """Two correlated observations, missing one by one, and a design that changes."""
    rng = np.random.default_rng(20262)
    bars = 10
    Z = [[[1.0, round(float(rng.normal(0, 1)), 3), 0.0], [0.0, 1.0, round(float(rng.normal(1, 1)), 3)]] for _ in range(bars)]
    Y = rng.normal(3, 1, (bars, 2)).round(3)
    Y[1, 0] = Y[4, 1] = NAN
    Y[6] = NAN
    H = [[0.5, 0.3], [0.3, 0.4]]
    T = [[0.9, 0.1, 0.0], [0.0, 1.0, 0.2], [0.1, 0.0, 0.8]]
    Q = [[0.1, 0.02, 0.0], [0.02, 0.2, 0.05], [0.0, 0.05, 0.1]]
    dense = Dense(Z, H, T, Q, [0.1, -0.2], [0.0, 0.05, -0.1], Y)
    model = {
        "observationCovariance": H,
        "transition": T,
        "stateCovariance": Q,
        "observationIntercept": [0.1, -0.2],
        "stateIntercept": [0.0, 0.05, -0.1],
    }
    return {"design": Z, "model": model, "Y": Y, **dense.run(2)}


def regression(seed, bars, level, step, noise, delta, R, intercept=True, scale=(1.0, 1.0)):
    """y on two regressors, in the coefficients themselves."""
    rng = np.random.default_rng(seed)
    X = (level + np.cumsum(rng.normal(0, step, (bars, 2)), axis=0)).round(4) * np.array(scale)
    y = (3.0 + X @ np.array([1.5, -0.7]) + rng.normal(0, noise, bars)).round(6)
    design = [[[1.0, *row]] if intercept else [[*row]] for row in X]
    n = 3 if intercept else 2
    dense = Dense(design, [[R]], np.eye(n), np.eye(n) * delta, [0.0], [0.0] * n, y[:, None])
    out = dense.run(n)
    del out["covariance"], out["smoothedCovariance"]
    out["innovationStd"] = [float(np.sqrt(F[0][0])) for F in out.pop("innovationCovariance")]
    out["innovation"] = [v[0] for v in out["innovation"]]
    return {"X": X, "y": y, "delta": delta, "observationVariance": R, "intercept": intercept, **out}


class Line(MLEModel):
    def __init__(self, x, y, delta, R):
        super().__init__(y, k_states=2, initialization=None)
        self.ssm["design"] = np.array([np.ones(len(x)), x])[None, :, :]
        self.ssm["transition"] = np.eye(2)
        self.ssm["selection"] = np.eye(2)
        self.ssm["state_cov"] = np.eye(2) * delta
        self.ssm["obs_cov", 0, 0] = R
        self.ssm.initialization = Initialization(2, "diffuse")


def recursive_least_squares():
    rng = np.random.default_rng(20263)
    X = np.column_stack([np.ones(60), rng.normal(0, 1, 60), rng.normal(2, 3, 60)]).round(4)
    y = (X @ np.array([0.5, 1.2, -0.4]) + rng.normal(0, 0.3, 60)).round(4)
    result = sm.RecursiveLS(y, X).fit()
    return {"X": X[:, 1:], "y": y, "coefficients": result.recursive_coefficients.filtered[:, 3:].T}


def nile():
    y = sm.datasets.nile.load_pandas().data["volume"].to_numpy()
    model = sm.tsa.UnobservedComponents(y, "llevel")
    model.ssm.initialization = Initialization(1, "diffuse")
    fitted = model.fit(disp=0, method="lbfgs", maxiter=1000, pgtol=1e-12, factr=10)
    fixed = model.smooth([15099.0, 1469.1])
    return {
        "y": y,
        "estimates": fitted.params,
        "logLikelihood": fitted.llf_obs.sum(),
        "atPublished": {
            "logLikelihood": fixed.llf_obs.sum(),
            "filtered": fixed.filtered_state[0],
            "filteredVariance": fixed.filtered_state_cov[0, 0],
            "innovation": fixed.forecasts_error[0, 1:],
            "innovationVariance": fixed.forecasts_error_cov[0, 0, 1:],
            "smoothed": fixed.smoothed_state[0],
            "smoothedVariance": fixed.smoothed_state_cov[0, 0],
            "stateDisturbance": fixed.smoothed_state_disturbance[0],
            "stateDisturbanceVariance": fixed.smoothed_state_disturbance_cov[0, 0],
            "forecast": fixed.get_forecast(5).predicted_mean,
            "forecastVariance": fixed.get_forecast(5).var_pred_mean,
        },
    }


market.write(
    "kalman",
    "state-space/dense",
    {"trend": trend(), "changing": changing()},
    mp,
)
market.write(
    "kalman",
    "state-space/nile",
    nile(),
    statsmodels,
)
market.write(
    "kalman",
    "regression/several",
    {
        "ordinary": regression(20264, 14, 50.0, 0.3, 0.05, 1e-5, 1e-3),
        "near1e8": regression(20265, 12, 1e8, 1.0, 0.01, 1e-12, 1e-10),
        "unlikeScales": regression(20266, 12, 20.0, 0.2, 0.02, 1e-9, 1e-4, True, (1e4, 1e-4)),
        "throughTheOrigin": regression(20267, 12, 30.0, 0.5, 0.05, 1e-4, 1e-2, False),
        "recursiveLeastSquares": recursive_least_squares(),
    },
    mp,
    statsmodels,
)
