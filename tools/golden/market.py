"""The seeded data behind every fixture, and the one way to write a fixture.

Run a maker as `python tools/golden/<package>.py` from the project's root. Nothing in the product or its tests
needs Python: the JSON files are committed, with the versions that made them.
"""

import json
import platform
from pathlib import Path

import numpy as np
import pandas as pd

ROOT = Path(__file__).resolve().parents[2]
NUMPY_QUANTILE = {
    "R-1": "inverted_cdf",
    "R-2": "averaged_inverted_cdf",
    "R-3": "closest_observation",
    "R-4": "interpolated_inverted_cdf",
    "R-5": "hazen",
    "R-6": "weibull",
    "R-7": "linear",
    "R-8": "median_unbiased",
    "R-9": "normal_unbiased",
    "lower": "lower",
    "higher": "higher",
}
ASSETS = ["ALPHA", "BRAVO", "CEDAR", "DELTA", "ECHO", "FJORD"]


def returns(days: int = 600, seed: int = 20260101) -> pd.DataFrame:
    """Daily simple returns of six assets and MARKET: one factor, clustered volatility, fat tails."""
    rng = np.random.default_rng(seed)
    level = np.empty(days)
    level[0] = 1.0
    for t in range(1, days):
        level[t] = 0.94 * level[t - 1] + 0.06 * rng.gamma(2.0, 0.5)
    market = 0.0004 + 0.009 * level * rng.standard_t(5, days) / np.sqrt(5 / 3)
    beta = np.array([1.3, 1.1, 0.7, 0.9, 1.2, 0.5])
    own = np.array([0.011, 0.009, 0.006, 0.012, 0.015, 0.005])
    drift = np.array([0.0004, 0.0002, 0.0001, -0.0001, 0.0005, 0.0])
    shocks = rng.standard_t(6, (days, 6)) / np.sqrt(1.5)
    values = drift + market[:, None] * beta + shocks * own
    frame = pd.DataFrame(np.column_stack([values, market]), columns=[*ASSETS, "MARKET"])
    frame.index = pd.bdate_range("2020-01-02", periods=days)
    return frame.clip(lower=-0.4).round(8)


def prices(days: int = 600, seed: int = 20260101) -> pd.DataFrame:
    """Daily closes, one row more than `returns`, rounded to cents as a vendor would."""
    r = returns(days - 1, seed)
    first = pd.DataFrame([np.zeros(7)], columns=r.columns)
    level = (1 + pd.concat([first, r], ignore_index=True)).cumprod() * 100
    level.index = pd.bdate_range("2020-01-01", periods=days)
    return level.round(2)


def pair(bars: int = 500, seed: int = 20260102) -> pd.DataFrame:
    """A cointegrated pair of one-minute closes: y = 12 + 1.8 x + a mean-reverting spread."""
    rng = np.random.default_rng(seed)
    x = 50 + np.cumsum(rng.normal(0, 0.02, bars))
    spread = np.zeros(bars)
    for t in range(1, bars):
        spread[t] = 0.97 * spread[t - 1] + rng.normal(0, 0.03)
    y = 12 + 1.8 * x + spread
    return pd.DataFrame({"x": x.round(4), "y": y.round(4)})


def plain(value):
    """JSON's view of numpy and pandas: lists and numbers, NaN as null."""
    if isinstance(value, dict):
        return {key: plain(entry) for key, entry in value.items()}
    if isinstance(value, (pd.Series, pd.DataFrame)):
        return plain(value.to_numpy())
    if isinstance(value, np.ndarray):
        return plain(value.tolist())
    if isinstance(value, (list, tuple)):
        return [plain(entry) for entry in value]
    if isinstance(value, np.generic):
        return plain(value.item())
    if isinstance(value, float) and not np.isfinite(value):
        return None
    return value


def write(package: str, name: str, payload: dict, *modules) -> None:
    """Writes packages/<package>/test/fixtures/<name>.json with the versions of the modules that made it.

    A name `room/name` goes to packages/<package>/test/<room>/fixtures/<name>.json.
    """
    versions = {"python": platform.python_version(), "numpy": np.__version__, "pandas": pd.__version__}
    versions |= {module.__name__: module.__version__ for module in modules}
    *room, file = name.split("/")
    target = (ROOT / "packages" / package / "test").joinpath(*room, "fixtures", f"{file}.json")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(json.dumps({"versions": versions, **plain(payload)}, separators=(",", ":")) + "\n")
    print(target.relative_to(ROOT), target.stat().st_size, "bytes")
