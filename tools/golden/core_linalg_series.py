"""Joins, fills, coarser bars, time zones and business days: pandas, numpy and Python's zoneinfo; Arrow by pyarrow."""

import base64
import zoneinfo
from datetime import datetime, timedelta, timezone

import market
import numpy as np
import pandas as pd
import pyarrow as pa

rng = np.random.default_rng(20260103)


def epoch(index):
    return pd.DatetimeIndex(index).as_unit("ms").asi8


# --- as-of joins: the number of the row found, NaN for none; times in ms, some shared, some equally far away

left = np.sort(rng.choice(np.arange(0, 240, 2), 45, replace=False))
right = np.sort(rng.choice(np.arange(20, 200, 1), 40, replace=False))
a = pd.DataFrame({"t": left})
b = pd.DataFrame({"t": right, "row": np.arange(len(right), dtype=float)})
joins = [
    {
        "direction": direction,
        "allowExactMatches": exact,
        "tolerance": tolerance,
        "rows": pd.merge_asof(a, b, on="t", direction=direction, allow_exact_matches=exact, tolerance=tolerance)["row"],
    }
    for direction in ("backward", "forward", "nearest")
    for exact in (True, False)
    for tolerance in (None, 1, 5)
]
outer = pd.merge(a.assign(a=left * 10.0), b.assign(b=right * 1.5), on="t", how="outer").sort_values("t")

gaps = rng.normal(size=(60, 3)).round(3)
gaps[rng.random((60, 3)) < 0.45] = np.nan
frame = pd.DataFrame(gaps)
market.write(
    "core-linalg",
    "series/joins",
    {
        "left": left,
        "right": right,
        "joins": joins,
        "outer": {"index": outer["t"], "a": outer["a"], "b": outer["b"]},
        "gaps": gaps,
        "fills": [
            {"limit": limit, "forward": frame.ffill(limit=limit), "backward": frame.bfill(limit=limit)}
            for limit in (None, 1, 2)
        ],
        "returns": {
            str(k): market.prices(40)[["ALPHA", "BRAVO"]].pct_change(k, fill_method=None) for k in (1, 3)
        },
        "prices": market.prices(40)[["ALPHA", "BRAVO"]],
    },
)

# --- coarser bars

BARS = {"open": "first", "high": "max", "low": "min", "close": "last", "volume": "sum"}
ALL = ["first", "last", "min", "max", "sum", "mean", "count"]


def bars_on(index):
    n = len(index)
    close = (100 + np.cumsum(rng.normal(0, 0.05, n))).round(2)
    wiggle = np.abs(rng.normal(0, 0.03, (2, n))).round(2)
    bars = pd.DataFrame(
        {
            "open": close,
            "high": close + wiggle[0],
            "low": close - wiggle[1],
            "close": (close + 0.01).round(2),
            "volume": rng.integers(1, 900, n).astype(float),
        },
        index=index,
    ).round(2)
    bars[rng.random(bars.shape) < 0.03] = np.nan
    return bars


def scattered(first, minutes, count, zone):
    """So many whole minutes out of a span, in a zone's time."""
    start = pd.Timestamp(first, tz=zone).tz_convert("UTC")
    picked = np.sort(rng.choice(minutes, count, replace=False))
    return pd.DatetimeIndex(start + pd.to_timedelta(picked, unit="min")).tz_convert(zone)


def answer(bars, aggregate=None):
    """What resample says, empty bins left out: label, rows, values."""
    counts = bars.size()
    kept = counts.to_numpy() > 0
    values = bars.agg(aggregate or BARS)
    return {
        "index": epoch(counts.index.tz_convert("UTC"))[kept],
        "counts": counts[kept],
        "values": values[kept],
    }


def by_day(bars, rule, **how):
    """Bars counted from each local midnight: pandas counts from the first one only, so a day at a time."""
    parts = [answer(day.resample(rule, **how)) for _, day in bars.groupby(bars.index.normalize())]
    return {key: np.concatenate([np.asarray(part[key]) for part in parts]) for key in parts[0]}


sides = {"left": {"closed": "left", "label": "left"}, "right": {"closed": "right", "label": "right"}}
ours = {
    "left": {"closed": "left", "label": "start"},
    "right": {"closed": "right", "label": "end"},
}
NEW_YORK, SYDNEY = "America/New_York", "Australia/Sydney"
panels = {
    "utc": bars_on(scattered("2024-02-27", 3 * 1440, 64, "UTC")),
    "spring": bars_on(scattered("2024-03-09 12:00", 3 * 1440, 48, NEW_YORK)),
    "autumn": bars_on(scattered("2024-11-02 12:00", 3 * 1440, 48, NEW_YORK)),
    "east": bars_on(scattered("2024-04-05 12:00", 3 * 1440, 40, SYDNEY)),
    "daily": bars_on(pd.bdate_range("2022-11-28", periods=100, tz="UTC")),
}
cases = []


def case(panel, options, truth):
    cases.append({"panel": panel, "options": options, **truth})


for side in ("left", "right"):
    utc, daily = panels["utc"], panels["daily"]
    for every, rule in (("5m", "5min"), ("1h", "1h"), ("90m", "90min"), ("1d", "1D")):
        case("utc", {"every": every, **ours[side]}, answer(utc.resample(rule, **sides[side])))
    case(
        "utc",
        {"every": "1h", "dayStart": "09:30", **ours[side]},
        answer(utc.resample("1h", offset="30min", **sides[side])),
    )
    case(
        "utc",
        {"every": "1d", "dayStart": "18:00", **ours[side]},
        answer(utc.resample("24h", offset="18h", **sides[side])),
    )
    for every, rule in (("1w", "W-MON"), ("1M", "MS"), ("3M", "QS"), ("1y", "YS")):
        case("daily", {"every": every, **ours[side]}, answer(daily.resample(rule, **sides[side])))
    case("daily", {"every": "1w", "weekStart": 3, **ours[side]}, answer(daily.resample("W-WED", **sides[side])))
    case(
        "daily",
        {"every": "3d", **ours[side]},
        answer(daily.resample("72h", origin="epoch", **sides[side])),
    )
for panel, zone in (("spring", NEW_YORK), ("autumn", NEW_YORK), ("east", SYDNEY)):
    source = panels[panel]
    there = {"timeZone": zone, **ours["left"]}
    for every, rule in (("1h", "1h"), ("1d", "1D"), ("1w", "W-MON"), ("1M", "MS")):
        case(panel, {"every": every, **there}, answer(source.resample(rule, **sides["left"])))
    for every, rule in (("4h", "4h"), ("7m", "7min"), ("420m", "420min")):
        case(panel, {"every": every, **there}, by_day(source, rule, **sides["left"]))

tick_times = np.sort(rng.choice(np.arange(0, 1_800_000, 9000), 100)) + 1_709_000_000_000
ticks = pd.DataFrame(
    {"price": (50 + np.cumsum(rng.normal(0, 0.02, 100))).round(2), "size": rng.integers(1, 50, 100).astype(float)},
    index=pd.to_datetime(tick_times, unit="ms", utc=True),
)
tick_bars = ticks["price"].resample("1min").ohlc().assign(volume=ticks["size"].resample("1min").sum())

market.write(
    "core-linalg",
    "series/bars",
    {
        "panels": {
            name: {"index": epoch(source.index.tz_convert("UTC")), "values": source} for name, source in panels.items()
        },
        "cases": cases,
        "aggregates": {
            name: answer(panels["utc"][["close"]].resample("6h"), {"close": name}) for name in ALL
        },
        "kept": {
            "index": epoch(panels["utc"].resample("30min").size().index),
            "volume": panels["utc"]["volume"].resample("30min").sum(),
            "close": panels["utc"]["close"].resample("30min").last(),
        },
        "ticks": {
            "times": tick_times,
            "prices": ticks["price"],
            "volumes": ticks["size"],
            "index": epoch(tick_bars.index),
            "bars": tick_bars,
        },
    },
)

# --- clock changes of zones, as Python's zoneinfo tells them


def changes(zone, first, last):
    place = zoneinfo.ZoneInfo(zone)

    def offset(seconds):
        return int(datetime.fromtimestamp(seconds, timezone.utc).astimezone(place).utcoffset().total_seconds())

    time, transitions, offsets = first, [], [offset(first)]
    while time < last:
        following = min(time + 86400, last)
        if offset(following) != offsets[-1]:
            low, high = time, following
            while high - low > 1:
                middle = (low + high) // 2
                low, high = (low, middle) if offset(middle) == offset(following) else (middle, high)
            transitions.append(high * 1000)
            offsets.append(offset(following))
        time = following
    return {"transitions": transitions, "offsets": [value * 1000 for value in offsets]}


FROM, UNTIL = int(datetime(2000, 1, 1, tzinfo=timezone.utc).timestamp()), int(
    datetime(2023, 1, 1, tzinfo=timezone.utc).timestamp()
)
zones = [
    "America/New_York",
    "Europe/London",
    "Asia/Tokyo",
    "Asia/Kolkata",
    "Australia/Lord_Howe",
    "America/Sao_Paulo",
    "America/Argentina/Tucuman",
    "America/Havana",
    "Pacific/Apia",
    "Africa/Cairo",
]

# --- business days

holidays = pd.DatetimeIndex(pd.to_datetime(rng.integers(-4000, 22000, 400), unit="D").unique())
free = holidays.to_numpy().astype("datetime64[D]")
days = rng.integers(-5000, 23000, 90)
others = rng.integers(-5000, 23000, 90)
steps = rng.integers(-3000, 3000, 90)
dates, ends = days.astype("datetime64[D]"), others.astype("datetime64[D]")


def calendar(weekend, weekmask):
    how = {"weekmask": weekmask, "holidays": free}
    number = lambda found: found.astype("int64")
    # The n-th business day after a day: numpy rolls first, so that a free day must roll to the other side.
    away = np.where(
        steps > 0,
        np.busday_offset(dates, steps, roll="backward", **how),
        np.busday_offset(dates, steps, roll="forward", **how),
    )
    earlier, later = np.minimum(dates, ends), np.maximum(dates, ends)
    return {
        "weekend": weekend,
        "open": np.is_busday(dates, **how).astype(int),
        "between": np.busday_count(earlier, later, **how),
        "away": number(away),
        "following": number(np.busday_offset(dates, 0, roll="following", **how)),
        "preceding": number(np.busday_offset(dates, 0, roll="preceding", **how)),
        "modified-following": number(np.busday_offset(dates, 0, roll="modifiedfollowing", **how)),
        "modified-preceding": number(np.busday_offset(dates, 0, roll="modifiedpreceding", **how)),
    }


market.write(
    "core-linalg",
    "series/calendar",
    {
        "zones": {"from": FROM * 1000, "until": UNTIL * 1000, "changes": {zone: changes(zone, FROM, UNTIL) for zone in zones}},
        "holidays": free.astype("int64"),
        "days": days,
        "others": others,
        "steps": steps,
        "calendars": [
            calendar([6, 0], "1111100"),
            calendar([5, 6], "1111001"),
            calendar([], "1111111"),
            calendar([1, 2, 3, 4, 6, 0], "0000100"),
        ],
    },
)

# --- an Arrow file as pyarrow writes it: two record batches, nulls, every type that is read and some that are not

moments = pd.to_datetime(
    ["1969-12-31T23:59:59.999", "2024-03-10T07:00:00.000", "2024-03-10T07:00:00.001", "2024-06-01T00:00:00.000"]
)
whole = moments.as_unit("ns").asi8 // 1_000_000
nan = float("nan")


def table(rows):
    pick = lambda values: [values[i] for i in rows]
    stamp = lambda unit, scale, zone=None: pa.array(
        pick([int(v) * scale for v in whole]), pa.int64()
    ).cast(pa.timestamp(unit, tz=zone))
    columns = {
        "ms": stamp("ms", 1),
        "us": stamp("us", 1_000, "America/New_York"),
        "ns": stamp("ns", 1_000_000, "UTC"),
        "fine": pa.array(pick([int(v) * 1000 + 250 for v in whole]), pa.int64()).cast(pa.timestamp("us")),
        "s": pa.array(pick([-2, -1, 5, 1_700_000_000]), pa.int64()).cast(pa.timestamp("s")),
        "date32": pa.array(pick([-1, 0, 1, 19_000]), pa.int32()).cast(pa.date32()),
        "date64": pa.array(pick([-86_400_000, 0, 86_400_000, 1_641_600_000_000]), pa.int64()).cast(pa.date64()),
        "holes": pa.array(pick([0, None, 2, 3]), pa.int64()).cast(pa.timestamp("ms")),
        "float64": pa.array(pick([1.5, nan, None, -0.0]), pa.float64(), from_pandas=False),
        "float32": pa.array(np.array(pick([0.1, 1e30, -2.5, 3.0]), dtype="float32")),
        "float16": pa.array(np.array(pick([0.1, 65504, -2.5, 0.0]), dtype="float16")),
        "int64": pa.array(pick([2**53, -(2**53), None, 7]), pa.int64()),
        "uint64": pa.array(pick([2**63, 0, 1, 2]), pa.uint64()),
        "int8": pa.array(pick([-128, 127, None, 0]), pa.int8()),
        "uint32": pa.array(pick([2**32 - 1, 0, 1, 2]), pa.uint32()),
        "wide": pa.array(pick([2**53 + 1, 0, 1, 2]), pa.int64()),
        "text": pa.array(pick(["a", "b", None, "d"])),
        "category": pa.array(pick(["a", "b", "a", "b"])).dictionary_encode(),
        "decimal": pa.array(pick([1, 2, 3, 4]), pa.int32()).cast(pa.decimal128(12, 2)),
        "flag": pa.array(pick([True, False, None, True])),
    }
    return pa.table(columns)


parts = [table([0, 1, 2]), table([3])]
sink = pa.BufferOutputStream()
with pa.ipc.new_stream(sink, parts[0].schema) as writer:
    for part in parts:
        for batch in part.to_batches():
            writer.write_batch(batch)
stream = sink.getvalue().to_pybytes()
read = pa.ipc.open_stream(stream).read_all()
NUMBERS = ["float64", "float32", "float16", "int64", "uint64", "int8", "uint32"]
market.write(
    "core-linalg",
    "arrow/arrow",
    {
        "stream": base64.b64encode(stream).decode(),
        "times": {
            "ms": whole,
            "us": whole,
            "ns": whole,
            "fine": whole,
            "s": [-2000, -1000, 5000, 1_700_000_000_000],
            "date32": [-86_400_000, 0, 86_400_000, 19_000 * 86_400_000],
            "date64": [-86_400_000, 0, 86_400_000, 1_641_600_000_000],
        },
        "values": {name: read[name].to_pandas().astype("float64") for name in NUMBERS},
    },
    pa,
)
