"""Sizing, limits and tail hedge, written from the seed's printed rules, and Kelly stakes by numerical maximisation."""

import numpy as np
import pandas as pd
import scipy
from scipy.optimize import minimize_scalar

from market import ASSETS, prices, returns, write

frame = returns()
X = frame[ASSETS].to_numpy()
market = frame["MARKET"].to_numpy()
rng = np.random.default_rng(20260401)


def seed_sizing(signal, confidence, equity, price, adv):
    strength = np.tanh(signal * 2)
    adjusted = strength * confidence
    leverage = 1.0 + (3.0 - 1.0) * abs(adjusted)
    notional = equity * np.sign(adjusted) * leverage * 0.20
    cap = min(int(equity * 0.20 * 3.0 / price), int(adv * 0.10))
    return {
        "strength": adjusted,
        "leverage": leverage,
        "weight": np.sign(adjusted) * leverage * 0.20,
        "shares": int(np.clip(int(notional / price), -cap, cap)),
    }


def own_sizing(signal, confidence, equity, price, adv):
    strength = np.tanh(signal * 2) * confidence
    leverage = 1.0 + 2.0 * abs(strength)
    weight = strength * leverage / 3.0 * 0.20
    shares = np.fix(equity * weight / price)
    cap = min(np.floor(equity * 0.20 / price), np.floor(adv * 0.10))
    return {"weight": weight, "shares": int(np.sign(shares) * min(abs(shares), cap))}


def seed_buffer(new, current, zone=0.15):
    if current == 0:
        return np.nan
    return current if abs(new - current) / current < zone else new


def buffered(targets, zone=0.15):
    held, path = 0.0, []
    for target in targets:
        if not np.isnan(target) and not (held != 0 and abs(target - held) / abs(held) < zone):
            held = target
        path.append(held)
    return path


def decayed(targets, half_life, restart):
    age, before, path = 0, np.nan, []
    for target in targets:
        if restart == "sign":
            young = np.isnan(before) or np.sign(target) != np.sign(before)
        else:
            young = target != before
        age = 0 if young else age + 1
        before = target
        path.append(target * 0.5 ** (age / half_life))
    return path


cases = [
    {"signal": s, "confidence": c, "equity": e, "price": p, "averageVolume": v}
    for s in (-3.0, -0.8, -0.35, -0.01, 0.0, 0.02, 0.4, 1.7)
    for c, e, p, v in ((1.0, 1e6, 40.65, 9.9e7), (0.5, 2.5e8, 103.2, 4.3e6), (0.93, 12345.67, 7.77, 1234.5), (0.0, 5e5, 9.1, 0.0))
]
volume = np.round(rng.lognormal(14, 0.6, (120, 3)))
held = np.round(rng.normal(0, 100, 80))
held[[20, 21, 50]] = 0
signs = np.repeat(np.round(rng.normal(0, 100, 30)), rng.integers(1, 7, 30)).astype(float)
vol = frame["ALPHA"]
short = vol[:200]
write(
    "risk",
    "sizing/execution",
    {
        "cases": [
            {"inputs": case, "seed": seed_sizing(*case.values()), "own": own_sizing(*case.values())} for case in cases
        ],
        "volume": volume,
        "averageDailyVolume": pd.DataFrame(volume).rolling(20).mean().shift(1),
        "averageDailyVolumeSameDay": pd.DataFrame(volume).rolling(20).mean(),
        "targets": held,
        "buffered": buffered(held),
        "seedBuffer": [{"target": a, "current": b, "held": seed_buffer(a, b)} for a, b in zip(held[1:], held)],
        "decayTargets": signs,
        "decayed": {name: decayed(signs, 7, name) for name in ("sign", "change")},
        "returns": short,
        "volatilityTarget": np.minimum(2.5, 0.2 / (short.rolling(30).std().shift(1) * np.sqrt(252))),
        "weightedVolatilityTarget": np.minimum(
            2.5, 0.2 / (short.ewm(halflife=12, min_periods=20).std().shift(1) * np.sqrt(252))
        ),
    },
)


def best_bet(p, b, a):
    growth = lambda f: -(p * np.log1p(b * f) + (1 - p) * np.log1p(-a * f))
    inside = 1e-9 * (1 / a + 1 / b)
    found = minimize_scalar(growth, bounds=(-1 / b + inside, 1 / a - inside), method="bounded", options={"xatol": 1e-12})
    return {"winProbability": p, "winPayoff": b, "lossPayoff": a, "growthRate": -found.fun, "near": found.x}


S = np.cov(X.T)[:3, :3]
mu = np.array([0.0005, 0.0002, -0.0003])
w = np.linalg.solve(S, mu)
T, N, draws = 750, 3, 20000
stakes = np.empty((draws, N))
growth = {"full": np.empty(draws), "shrunk": np.empty(draws)}
L = np.linalg.cholesky(S)
for k in range(draws):
    sample = rng.standard_normal((T, N)) @ L.T + mu
    m, C = sample.mean(axis=0), np.cov(sample.T)
    f = np.linalg.solve(C, m)
    theta2 = m @ f
    shrinkage = theta2 / (theta2 + (N * (1 + theta2) + theta2) / T)
    stakes[k] = f
    for name, multiple in (("full", 1.0), ("shrunk", shrinkage)):
        x = multiple * f
        growth[name][k] = x @ mu - 0.5 * x @ S @ x
write(
    "risk",
    "sizing/kelly",
    {
        "bets": [best_bet(p, b, a) for p in (0.1, 0.45, 0.55, 0.9) for b, a in ((1, 1), (2.5, 1), (0.4, 0.7))],
        "expectedReturns": mu,
        "covariance": S,
        "weights": w,
        "growthRate": 0.5 * mu @ w,
        "shrinkage": mu @ w / (mu @ w + (N * (1 + mu @ w) + mu @ w) / T),
        "observations": T,
        "simulated": {
            "draws": draws,
            "deviation": stakes.std(axis=0, ddof=1),
            "growth": {
                name: {"mean": g.mean(), "standardError": g.std(ddof=1) / np.sqrt(draws)} for name, g in growth.items()
            },
        },
    },
    scipy,
)


def hedged(r, m, look, same_day, size=0.10, on=-0.05, off=-0.025, cost=0.0002):
    equity = {"hedged": 1.0, "unhedged": 1.0}
    high = dict(equity)
    active, rows = False, []
    for t in range(len(r)):
        level = equity[look] * (1 + r[t]) if same_day else equity[look]
        drawdown = level / max(high[look], level) - 1
        if active and drawdown > off:
            active = False
        elif not active and drawdown < on:
            active = True
        hedge_pnl = size * max(0, -m[t]) ** 1.5 * 3 if active else 0.0
        hedge_cost = cost if active else 0.0
        net = r[t] + hedge_pnl - hedge_cost
        rows.append((net, hedge_pnl, -hedge_cost, drawdown, float(active)))
        equity["hedged"] *= 1 + net
        equity["unhedged"] *= 1 + r[t]
        high = {name: max(high[name], equity[name]) for name in equity}
    net, payoff, paid, drawdown, on_days = (np.array(column) for column in zip(*rows))
    return {
        "netReturns": net,
        "payoff": payoff,
        "cost": paid,
        "drawdown": drawdown,
        "active": on_days,
        "switches": np.flatnonzero(np.diff(np.concatenate([[0], on_days]))),
    }


book = (X[:300] @ np.array([0.9, -0.3, 0.4, 0.2, 0.3, -0.2])).round(10)
write(
    "risk",
    "hedge/tail-hedge",
    {
        "returns": book,
        "marketReturns": market[:300],
        "variants": {
            f"{look}, {'same-day' if same else 'lagged'}": hedged(book, market[:300], look, same)
            for look in ("hedged", "unhedged")
            for same in (False, True)
        },
    },
)


# The limits of the seed's table, each threshold a flag of its own with a way back.
RUNGS = {
    "drawdown": [(-0.15, -0.075, "reduce"), (-0.20, -0.10, "liquidate")],
    "dailyLoss": [(-0.05, -0.025, "warn"), (-0.10, -0.05, "halt-new")],
    "grossLeverage": [(3.0, 2.85, "reduce")],
    "netLeverage": [(1.5, 1.425, "reduce")],
    "position:A": [(0.2, 0.19, "reduce")],
    "position:B": [(0.2, 0.19, "reduce")],
    "valueAtRisk": [(150_000.0, 142_500.0, "halt-new")],
}
SEVERITY = ["none", "warn", "halt-new", "reduce", "liquidate"]


def watch(events):
    flags, high, day, last, start = {}, -np.inf, None, None, None
    answers = []
    for e in events:
        if e["day"] != day:
            start = e["equity"] if last is None else last
            day = e["day"]
            for i in range(2):
                flags.pop(("dailyLoss", i), None)
        high, last = max(high, e["equity"]), e["equity"]
        a, b = e["positions"]["A"], e["positions"]["B"]
        figures = {
            "drawdown": last / high - 1,
            "dailyLoss": last / start - 1,
            "grossLeverage": (abs(a) + abs(b)) / last,
            "netLeverage": abs(a + b) / last,
            "position:A": abs(a) / last,
            "position:B": abs(b) / last,
            "valueAtRisk": e["valueAtRisk"],
        }
        broken = []
        for name, rungs in RUNGS.items():
            worse = -1 if name in ("drawdown", "dailyLoss") else 1
            for i, (at, release, action) in enumerate(rungs):
                x = figures[name]
                hit = x <= at if worse < 0 else x > at
                back = x >= release if worse < 0 else x <= release
                if hit:
                    flags[(name, i)] = True
                elif back:
                    flags.pop((name, i), None)
            standing = [action for i, (_, _, action) in enumerate(rungs) if (name, i) in flags]
            if standing:
                broken.append([name, standing[-1], figures[name]])
        actions = [action for _, action, _ in broken]
        answers.append(
            {
                "action": max(actions, key=SEVERITY.index) if actions else "none",
                "broken": sorted([name, action] for name, action, _ in broken),
            }
        )
    return answers


equity, events = 1e6, []
for t in range(240):
    equity *= 1 + 0.025 * rng.standard_normal() + (0.08 if t % 60 == 45 else -0.003)
    gross = rng.uniform(0.05, 0.25, 2) * equity if t % 3 else np.array([0.1, 0.1]) * equity
    if t % 40 == 7:
        gross = np.array([2.2, 1.9]) * equity
    events.append(
        {
            "equity": round(equity, 2),
            "day": t // 4,
            "positions": {"A": round(gross[0], 2), "B": -round(gross[1], 2)},
            "valueAtRisk": round(rng.uniform(100_000, 160_000), 2),
        }
    )
write("risk", "limits/limits", {"events": events, "decisions": watch(events)})
