"""Fixtures of @astra-quant/backtest's validation: splits by scikit-learn and by a naive overlap test, the probability of
backtest overfitting by brute force, paths by arch. The loops of the package are nowhere in sight."""

from itertools import combinations
from math import comb, e, log, sqrt

import arch
import market
import numpy as np
import scipy
import sklearn
from arch.bootstrap import CircularBlockBootstrap, MovingBlockBootstrap, StationaryBootstrap
from scipy.stats import linregress, norm, rankdata
from sklearn.model_selection import TimeSeriesSplit

YEAR = 252


def sharpe(returns, axis=0):
    spread = returns.std(axis=axis, ddof=1)
    return np.where(spread > 0, returns.mean(axis=axis) / np.where(spread > 0, spread, 1), 0) * sqrt(YEAR)


def cscv(panel, blocks):
    """Every half of the blocks as the sample, the returns put together and looked at from scratch."""
    parts = np.array_split(panel, blocks)
    logits, chosen, inside, outside, everyone = [], [], [], [], []
    for taken in combinations(range(blocks), blocks // 2):
        rest = [k for k in range(blocks) if k not in taken]
        first = sharpe(np.concatenate([parts[k] for k in taken]))
        second = sharpe(np.concatenate([parts[k] for k in rest]))
        best = int(np.argmax(first))
        omega = rankdata(second)[best] / (panel.shape[1] + 1)
        logits.append(log(omega / (1 - omega)))
        chosen.append(best)
        inside.append(first[best])
        outside.append(second[best])
        everyone.append(second.mean())
    line = linregress(inside, outside)
    return {
        "returns": panel,
        "blocks": blocks,
        "ways": comb(blocks, blocks // 2),
        "logits": logits,
        "chosen": chosen,
        "inSample": inside,
        "outOfSample": outside,
        "probability": float(np.mean(np.array(logits) <= 1e-12)),
        "probabilityOfLoss": float(np.mean(np.array(outside) < 0)),
        "slope": line.slope,
        "intercept": line.intercept,
        "selectionGain": float(np.mean(outside) - np.mean(everyone)),
    }


def expected_maximum(count):
    gamma = np.euler_gamma
    return (1 - gamma) * norm.ppf(1 - 1 / count) + gamma * norm.ppf(1 - 1 / (count * e))


rng = np.random.default_rng(20260104)
noise = (0.01 * rng.standard_t(5, (83, 7))).round(5)
skilled = noise.copy()
skilled[:, 3] += 0.004
twins = noise[:60, :4].copy()
twins[:, 2] = twins[:, 0]
idle = noise[:48, :3].copy()
idle[:, 1] = 0.0

market.write(
    "backtest",
    "overfit/overfitting",
    {
        "noise": cscv(noise, 8),
        "skilled": cscv(skilled.round(5), 6),
        "twins": cscv(twins, 6),
        "idle": cscv(idle, 4),
        "minimumYears": [
            {"trials": n, "sharpe": s, "years": (expected_maximum(n) / s) ** 2}
            for n in (2, 7, 45, 1000)
            for s in (0.5, 1.0, 2.4)
        ],
    },
    scipy,
)


def time_series(rows, **options):
    splitter = TimeSeriesSplit(**options)
    splits = [{"train": a, "test": b} for a, b in splitter.split(np.zeros(rows))]
    return {"rows": rows, "options": options, "splits": splits}


def overlapping(ends, test):
    """Rows whose span from decision to outcome meets that of a tested row, pair by pair."""
    return {t for t in range(len(ends)) for s in test if t <= ends[s] and s <= ends[t]}


def purged(ends, ranges, embargo):
    rows = len(ends)
    out = set()
    for test in ranges:
        out |= set(test) | overlapping(ends, test)
        last = max(ends[s] for s in test)
        out |= {t for t in range(rows) if last < t <= last + embargo}
    return [t for t in range(rows) if t not in out]


def combinatorial(rows, groups, test_groups, ends, embargo):
    parts = np.array_split(np.arange(rows), groups)
    chosen = list(combinations(range(groups), test_groups))
    splits = [
        {"groups": taken, "train": purged(ends, [parts[g] for g in taken], embargo), "test": [parts[g] for g in taken]}
        for taken in chosen
    ]
    used = {g: [i for i, taken in enumerate(chosen) if g in taken] for g in range(groups)}
    paths = [[used[g][k] for g in range(groups)] for k in range(comb(groups - 1, test_groups - 1))]
    return {
        "rows": rows,
        "groups": groups,
        "testGroups": test_groups,
        "labelEnds": ends,
        "embargo": embargo,
        "splits": splits,
        "paths": paths,
    }


ragged = [int(t + rng.integers(0, 6)) for t in range(53)]
market.write(
    "backtest",
    "walk-forward/splits",
    {
        "timeSeries": [
            time_series(40, n_splits=4),
            time_series(41, n_splits=5, test_size=3),
            time_series(40, n_splits=3, gap=2),
            time_series(50, n_splits=4, max_train_size=12),
            time_series(50, n_splits=4, max_train_size=12, test_size=5, gap=3),
        ],
        "combinatorial": [
            combinatorial(53, 6, 2, ragged, 0),
            combinatorial(53, 6, 2, ragged, 2),
            combinatorial(40, 5, 1, [t + 3 for t in range(40)], 1),
            combinatorial(31, 5, 3, list(range(31)), 0),
        ],
    },
    sklearn,
)

PATHS = 20_000
LEVELS = [0.025, 0.25, 0.5, 0.75, 0.975]
series = market.returns(300)["ALPHA"].to_numpy()


def figures(r):
    equity = np.concatenate([[1.0], np.cumprod(1 + r)])
    high = np.maximum.accumulate(equity)
    return np.array([equity[-1], equity[-1] ** (YEAR / len(r)) - 1, sharpe(r), (equity / high - 1).min(), equity.min()])


def resampled(kind, length):
    values = kind(length, series, seed=20260105).apply(figures, PATHS)
    names = ["terminalWealth", "cagr", "sharpe", "maxDrawdown", "lowestWealth"]
    return {
        "blockLength": length,
        "quantiles": {name: np.quantile(values[:, k], LEVELS) for k, name in enumerate(names)},
        "deviations": {name: values[:, k].std(ddof=1) for k, name in enumerate(names)},
    }


market.write(
    "backtest",
    "resample/paths",
    {
        "returns": series,
        "paths": PATHS,
        "levels": LEVELS,
        "observed": figures(series),
        "stationary": resampled(StationaryBootstrap, 8),
        "circular": resampled(CircularBlockBootstrap, 10),
        "moving": resampled(MovingBlockBootstrap, 10),
    },
    arch,
)
