"""Fixtures of the minimum CVaR: every limit and linear cost as one linear program in cvxpy, solved by HiGHS' simplex.

Losses are what the portfolio falls behind the benchmark; the shortfall is written down twice, as the program's own and as
the mean of the sorted losses. Weights are stored where moving the objective's slopes a little leaves them where they are.
"""

import cvxpy as cp
import numpy as np
import scipy

import market

table = market.returns()[market.ASSETS].to_numpy()
n = table.shape[1]
rng = np.random.default_rng(7)
uneven = rng.uniform(0.2, 1.8, 200)
uneven /= uneven.sum()
holdings = np.array([0.3, -0.1, 0.25, 0.0, 0.15, 0.1])
buy, sell = np.linspace(2e-4, 8e-4, n), np.linspace(6e-4, 1e-4, n)
long_rate, short_rate = np.linspace(1e-4, 3e-4, n), np.linspace(-1e-4, 2e-4, n)


def shortfall_of(losses, p, confidence):
    """The mean of the sorted losses, the last by the fraction that is missing."""
    left, total = 1 - confidence, 0.0
    for s in np.argsort(-losses):
        share = min(p[s], left)
        total += share * losses[s]
        left -= share
        if left <= 0:
            break
    return total / (1 - confidence)


def solved(scenarios, confidence, p, benchmark, current, gross, turnover, net, lower, upper, group, least, linear, funding, tilt):
    w, alpha, u = cp.Variable(n), cp.Variable(), cp.Variable(len(scenarios), nonneg=True)
    P, M, B, V = (cp.Variable(n, nonneg=True) for _ in range(4))
    costs = 0
    if linear is not None:
        costs = linear["buy"] @ B + linear["sell"] @ V
    if funding is not None:
        costs = costs + funding["long"] @ P + funding["short"] @ M
    limits = [scenarios @ (w - benchmark) + alpha + u >= 0, w == P - M, w - current == B - V, w >= lower, w <= upper]
    limits += [cp.sum(w) >= net[0], cp.sum(w) <= net[1]]
    named = {}
    if gross is not None:
        named["gross.max"] = cp.sum(P + M) <= gross
    if turnover is not None:
        named["turnover.max"] = cp.sum(B + V) <= turnover
    if group is not None:
        named["groups.tech.gross.max"] = cp.sum((P + M)[group["members"]]) <= group["gross"]
    if least is not None:
        named["expectedReturn.min"] = (p @ scenarios) @ w >= least
    problem = cp.Problem(cp.Minimize(alpha + p @ u / (1 - confidence) + costs + tilt @ w), limits + list(named.values()))
    problem.solve(solver=cp.HIGHS, highs_options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10})
    assert problem.status == "optimal", problem.status
    return w.value, problem.value, float(costs.value) if hasattr(costs, "value") else 0.0, {k: float(v.dual_value) for k, v in named.items()}


def has_room(given, gross, turnover, group, least, by=1e-4):
    """Whether every priced limit could be tighter by a little: where one could not, its price is not unique."""
    tighter = list(given)
    tighter[5] = None if gross is None else gross - by
    tighter[6] = None if turnover is None else turnover - by
    tighter[10] = None if group is None else {**group, "gross": group["gross"] - by}
    tighter[11] = None if least is None else least + by * 1e-3
    try:
        solved(*tighter, np.zeros(n))
    except AssertionError:
        return False
    return True


def case(name, confidence=0.95, count=200, p=None, benchmark=None, current=None, gross=None, turnover=None, net=(1.0, 1.0),
         lower=-0.5, upper=0.8, group=None, least=None, linear=None, funding=None):
    scenarios = table[:count]
    likely = np.full(count, 1 / count) if p is None else p
    mark = np.zeros(n) if benchmark is None else benchmark
    held = np.zeros(n) if current is None else current
    given = (scenarios, confidence, likely, mark, held, gross, turnover, net, lower, upper, group, least, linear, funding)
    weights, objective, costs, prices = solved(*given, np.zeros(n))
    loss = -scenarios @ (weights - mark)
    check = shortfall_of(loss, likely, confidence) + costs
    assert abs(check - objective) < 1e-9 * max(1, abs(objective)), (check, objective)
    room = has_room(given, gross, turnover, group, least)
    moved = [solved(*given, 1e-8 * rng.standard_normal(n))[0] for _ in range(3)]
    is_unique = all(np.abs(m - weights).max() < 1e-6 for m in moved)
    return {"name": name, "confidence": confidence, "count": count, "probabilities": p, "benchmark": benchmark, "currentWeights": current,
            "gross": gross, "turnover": turnover, "net": net, "lower": lower, "upper": upper, "group": group, "leastReturn": least,
            "linear": linear, "funding": funding, "objective": objective, "costs": costs, "weights": weights, "isUnique": is_unique,
            "prices": prices, "hasRoom": room}


trading, carrying = {"buy": buy, "sell": sell}, {"long": long_rate, "short": short_rate}
tech = {"members": [0, 3, 4], "gross": 0.35}
payload = {
    "returns": table[:300],
    "cases": [
        case("a gross limit", gross=1.2),
        case("a gross limit that binds to the budget", gross=1.0),
        case("a gross limit of a group", gross=1.5, group=tech),
        case("a turnover limit", current=holdings, turnover=0.3),
        case("trading costs", current=holdings, linear=trading),
        case("carry, with a rebate", net=(0.0, 0.4), gross=1.5, funding=carrying, least=2e-4),
        case("all of them", current=holdings, turnover=0.9, gross=1.4, group=tech, linear=trading, funding=carrying, least=1e-4, net=(0.4, 1.0)),
        case("unlike probabilities", p=uneven, gross=1.3),
        case("unlike probabilities, costs and a target", p=uneven, gross=1.3, current=holdings, linear=trading, least=3e-4),
        case("behind a benchmark", benchmark=np.full(n, 1 / n), least=4e-4, lower=0.0),
        case("behind a benchmark, with turnover", benchmark=holdings, current=holdings, turnover=0.4, net=(0.5, 0.9), least=1e-4),
        case("half of the scenarios", confidence=0.5, gross=1.2),
        case("the worst scenario alone", confidence=0.999, gross=1.2),
        case("nearly the mean", confidence=0.01, gross=1.6),
        case("fewer scenarios than assets", count=5, gross=1.1),
    ],
}
market.write("optimizer", "recipes/minimum-cvar", payload, np, scipy, cp)
