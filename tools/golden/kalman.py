"""Fixtures of @astra-quant/kalman: three filters written here, none of which is the package's own.

- seed: the notebook's update with numpy, on the seeded pair;
- diffuse: statsmodels' exact diffuse filter, and the textbook's exact initial recursion (the state covariance
  split into a finite part and a part per unit of diffuse variance) carried in 60 decimal digits;
- signals: the two position rules, as a loop over plain Python numbers.
"""

from decimal import Decimal, getcontext

import market
import numpy as np
import statsmodels
from statsmodels.tsa.statespace.initialization import Initialization
from statsmodels.tsa.statespace.mlemodel import MLEModel

getcontext().prec = 60
NAN = float("nan")


def seed_filter(x, y, delta=1e-5, R=1e-3):
    P, theta, Q = np.zeros((2, 2)), np.zeros(2), np.eye(2) * delta
    rows = []
    for xt, yt in zip(x, y):
        H = np.array([1, xt])
        P_pred = P + Q
        error = yt - H @ theta
        S = H @ P_pred @ H.T + R
        K = P_pred @ H.T / S
        theta = theta + K * error
        P = (np.eye(2) - np.outer(K, H)) @ P_pred
        rows.append([theta[0], theta[1], error, np.sqrt(S)])
    table = np.array(rows)
    return {
        "intercept": table[:, 0],
        "slope": table[:, 1],
        "innovation": table[:, 2],
        "innovationStd": table[:, 3],
        "covariance": P,
    }


def prior_filter(x, y, mean, covariance, delta, R):
    """Joseph's form from a proper prior; a bar with NaN only widens the covariance."""
    theta, P, Q, rows = np.array(mean, float), np.array(covariance, float), np.eye(2) * delta, []
    for xt, yt in zip(x, y):
        P = P + Q
        if np.isnan(xt) or np.isnan(yt):
            rows.append([theta[0], theta[1], NAN, NAN])
            continue
        H = np.array([1, xt])
        S = H @ P @ H + R
        K = P @ H / S
        error = yt - H @ theta
        theta = theta + K * error
        A = np.eye(2) - np.outer(K, H)
        P = A @ P @ A.T + R * np.outer(K, K)
        rows.append([theta[0], theta[1], error, np.sqrt(S)])
    return np.array(rows).T


def decimal_diffuse(x, y, delta, R):
    """The exact initial recursion in 60 digits; NaN as long as part of the state is diffuse."""
    D = Decimal
    delta, R = D(delta), D(R)
    two_pi = 2 * D("3.14159265358979323846264338327950288419716939937510582097494")
    a = [D(0), D(0)]
    star = [[D(0), D(0)], [D(0), D(0)]]
    infinite = [[D(1), D(0)], [D(0), D(1)]]
    rank, loglik, rows = 2, D(0), []

    def times(M, h):
        return [M[0][0] * h[0] + M[0][1] * h[1], M[1][0] * h[0] + M[1][1] * h[1]]

    for xt, yt in zip(x, y):
        for i in range(2):
            star[i][i] += delta
        if np.isnan(xt) or np.isnan(yt):
            rows.append([a[0], a[1], None, None] if rank == 0 else [None] * 4)
            continue
        h, y_t = [D(1), D(float(xt))], D(float(yt))
        v = y_t - a[0] - a[1] * h[1]
        m_star, m_inf = times(star, h), times(infinite, h)
        f_star = m_star[0] + m_star[1] * h[1] + R
        f_inf = m_inf[0] + m_inf[1] * h[1]
        determined = rank == 0
        if rank > 0 and f_inf > D("1e-40"):
            k0 = [m / f_inf for m in m_inf]
            star = [
                [
                    star[i][j] + k0[i] * k0[j] * f_star - k0[i] * m_star[j] - m_star[i] * k0[j]
                    for j in range(2)
                ]
                for i in range(2)
            ]
            infinite = [[infinite[i][j] - k0[i] * m_inf[j] for j in range(2)] for i in range(2)]
            a = [a[i] + k0[i] * v for i in range(2)]
            loglik -= ((two_pi).ln() + f_inf.ln()) / 2
            rank -= 1
            if rank == 0:
                infinite = [[D(0), D(0)], [D(0), D(0)]]
        else:
            k = [m / f_star for m in m_star]
            star = [[star[i][j] - k[i] * m_star[j] for j in range(2)] for i in range(2)]
            a = [a[i] + k[i] * v for i in range(2)]
            loglik -= ((two_pi).ln() + f_star.ln() + v * v / f_star) / 2
        rows.append(
            [
                a[0] if rank == 0 else None,
                a[1] if rank == 0 else None,
                v if determined else None,
                f_star.sqrt() if determined else None,
            ]
        )
    table = [[NAN if entry is None else float(entry) for entry in row] for row in rows]
    return np.array(table).T, float(loglik)


class RandomWalkLine(MLEModel):
    def __init__(self, x, y, delta, R):
        super().__init__(y, k_states=2, initialization=None)
        missing = np.isnan(x)
        self.ssm["design"] = np.array([np.ones(len(x)), np.where(missing, 0.0, x)])[None, :, :]
        self.ssm["transition"] = np.eye(2)
        self.ssm["selection"] = np.eye(2)
        self.ssm["state_cov"] = np.eye(2) * delta
        self.ssm["obs_cov", 0, 0] = R
        self.ssm.initialization = Initialization(2, "diffuse")


def statsmodels_diffuse(x, y, delta, R):
    y = np.where(np.isnan(x), np.nan, y)
    result = RandomWalkLine(x, y, delta, R).ssm.filter()
    first = result.nobs_diffuse
    return {
        "determinedRow": first - 1,
        "innovation": result.forecasts_error[0, first:],
        "variance": result.forecasts_error_cov[0, 0, first:],
        "intercept": result.filtered_state[0, first:],
        "slope": result.filtered_state[1, first:],
        "logLikelihood": result.llf_obs.sum(),
    }


def diffuse_case(x, y, delta=1e-5, R=1e-3):
    table, loglik = decimal_diffuse(x, y, delta, R)
    return {
        "x": x,
        "y": y,
        "delta": delta,
        "observationVariance": R,
        "intercept": table[0],
        "slope": table[1],
        "innovation": table[2],
        "innovationStd": table[3],
        "logLikelihood": loglik,
        "statsmodels": statsmodels_diffuse(x, y, delta, R),
    }


def signals(z, enter=2.0, exit=0.5):
    held, raw, position = [], [], 0
    for value in z:
        if value > enter:
            position = -1
        elif value < -enter:
            position = 1
        elif abs(value) < exit:
            position = 0
        held.append(position)
        raw.append(-1 if value > enter else 1 if value < -enter else 0)
    return {"z": z, "held": held, "raw": raw}


pair = market.pair(300)
x, y = pair["x"].to_numpy(), pair["y"].to_numpy()

stuck_x, stuck_y = x[:60].copy(), y[:60].copy()
stuck_x[:5] = stuck_x[0]
stuck_x[1] = np.nan
stuck_y[[3, 20, 21]] = np.nan
stuck_x[40] = np.nan

prior = {"mean": [10.0, 1.9], "covariance": [[4.0, -0.05], [-0.05, 0.01]], "delta": 1e-6, "R": 4e-3}
prior_table = prior_filter(stuck_x, stuck_y, *prior.values())

market.write(
    "kalman",
    "regression/line",
    {
        "x": x,
        "y": y,
        "seed": seed_filter(x, y),
        "diffuse": diffuse_case(x, y),
        "stuck": diffuse_case(stuck_x, stuck_y, 1e-4, 2e-3),
        "prior": {
            **prior,
            "x": stuck_x,
            "y": stuck_y,
            **dict(zip(["intercept", "slope", "innovation", "innovationStd"], prior_table)),
        },
    },
    statsmodels,
)

z = np.random.default_rng(20260103).normal(0, 1.7, 250).round(3)
z[[0, 1, 2, 50, 51, 120]] = np.nan
z[[10, 11, 12, 13]] = [2.0, -2.0, 0.5, -0.5]
market.write("kalman", "pairs/pair-signal", signals(z.tolist()))
