"""Fractions of a year between seeded dates, from QuantLib's day counters."""

import numpy as np
import QuantLib as ql

from market import write

EPOCH = ql.Date(1, 1, 1990)


def random_date(rng: np.random.Generator) -> ql.Date:
    """Half of the dates stand at the turn of a month, where conventions differ."""
    day = EPOCH + int(rng.integers(0, 50 * 365))
    if rng.random() < 0.5:
        month = int(rng.choice([2, 2, day.month()]))
        day = ql.Date.endOfMonth(ql.Date(1, month, day.year())) + int(rng.integers(-2, 3))
    return day


COUNTERS = {
    "ACT/360": lambda end: ql.Actual360(),
    "ACT/365F": lambda end: ql.Actual365Fixed(),
    "ACT/ACT ISDA": lambda end: ql.ActualActual(ql.ActualActual.ISDA),
    "30/360": lambda end: ql.Thirty360(ql.Thirty360.BondBasis),
    "30U/360": lambda end: ql.Thirty360(ql.Thirty360.USA),
    "30E/360": lambda end: ql.Thirty360(ql.Thirty360.European),
    "30E/360 ISDA": lambda end: ql.Thirty360(ql.Thirty360.ISDA, end),
    "30/360 German": lambda end: ql.Thirty360(ql.Thirty360.ISDA),
    "BUS/252": lambda end: ql.Business252(ql.TARGET()),
}


def plain_cases(rng: np.random.Generator) -> list[list]:
    """from, to, and a fraction by each counter; the end is also the maturity."""
    cases = []
    for _ in range(150):
        start, end = sorted([random_date(rng), random_date(rng)])
        if start < ql.Date(1, 1, 2002):
            start, end = start + 12 * 365, end + 12 * 365
        cases.append([start.ISO(), end.ISO(), [COUNTERS[name](end).yearFraction(start, end) for name in COUNTERS]])
    return cases


def icma_cases(rng: np.random.Generator) -> list[list]:
    """Dates within one regular coupon period: from, to, period's from and to, frequency, fraction."""
    counter = ql.ActualActual(ql.ActualActual.ISMA)
    cases = []
    for _ in range(100):
        frequency = int(rng.choice([1, 2, 4]))
        opens = ql.Date(int(rng.integers(1, 29)), int(rng.integers(1, 13)), int(rng.integers(1995, 2030)))
        closes = opens + ql.Period(12 // frequency, ql.Months)
        first, end = sorted(int(n) for n in rng.integers(0, closes - opens + 1, 2))
        start, stop = opens + first, opens + end
        fraction = counter.yearFraction(start, stop, opens, closes)
        cases.append([start.ISO(), stop.ISO(), opens.ISO(), closes.ISO(), frequency, fraction])
    return cases


rng = np.random.default_rng(20260203)
write(
    "funding",
    "day-count/day-counts",
    {"bases": list(COUNTERS), "cases": plain_cases(rng), "icma": icma_cases(rng)},
    ql,
)
