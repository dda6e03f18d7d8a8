"""Overnight coupons and curves from QuantLib, bill yields by a root finder in fifty digits."""

import mpmath
import numpy as np
import QuantLib as ql

from market import write

SOFR = ql.UnitedStates(ql.UnitedStates.SOFR)
SETTINGS = [
    (0, 0, False, 0, False),
    (0, 0, False, 35, False),
    (0, 0, False, 35, True),
    (5, 0, False, 0, False),
    (5, 0, True, 0, False),
    (2, 0, True, -10, False),
    (0, 2, False, 0, False),
    (5, 3, True, 0, False),
    (3, 4, False, 20, False),
]
PERIODS = [("2024-01-16", "2024-04-16"), ("2023-12-15", "2024-01-16"), ("2024-02-29", "2024-03-28"), ("2024-05-24", "2024-06-20")]


def day(text: str) -> ql.Date:
    return ql.DateParser.parseISO(text)


def fixings(rng: np.random.Generator, level: float) -> tuple[list[ql.Date], list[float]]:
    dates = [d for d in map(lambda n: day("2023-11-01") + n, range(260)) if SOFR.isBusinessDay(d)]
    rates = level + np.cumsum(rng.normal(0, 0.0004, len(dates)))
    return dates, [round(float(rate), 4) for rate in rates]


def coupons(dates: list[ql.Date], rates: list[float]) -> list[dict]:
    index = ql.OvernightIndex("SOFR", 0, ql.USDCurrency(), SOFR, ql.Actual360())
    index.clearFixings()
    index.addFixings(dates, rates)
    cases = []
    for start, end in PERIODS:
        for averaging, name in [(ql.RateAveraging.Compound, "compounded"), (ql.RateAveraging.Simple, "simple")]:
            for lookback, lockout, shift, spread, daily in SETTINGS:
                if name == "simple" and (lookback or lockout or daily):
                    continue
                coupon = ql.OvernightIndexedCoupon(
                    day(end), 1.0, day(start), day(end), index, 1.0, spread / 10_000, ql.Date(), ql.Date(),
                    ql.Actual360(), False, averaging, lookback, lockout, shift, daily,
                )  # fmt: skip
                cases.append(
                    {
                        "options": {
                            "from": start, "to": end, "average": name, "lookback": lookback, "lockout": lockout,
                            "observationShift": shift, "spreadBps": spread, "compoundSpread": daily,
                        },
                        "rate": coupon.rate(),
                    }
                )  # fmt: skip
    return cases


def curves() -> list[dict]:
    spot = day("2026-02-04")
    dates = [spot + n for n in (7, 30, 91, 182, 365)]
    answers = []
    for rates in ([0.0366, 0.0365, 0.0362, 0.0355, 0.0344], [-0.004, -0.0035, -0.002, 0.0, 0.001]):
        factors = [1.0] + [1 / (1 + rate * (date - spot) / 360) for rate, date in zip(rates, dates)]
        logs = ql.DiscountCurve([spot, *dates], factors, ql.Actual360())
        zeros = [-np.log(f) / ((date - spot) / 360) for f, date in zip(factors[1:], dates)]
        lines = ql.ZeroCurve([spot, *dates], [zeros[0], *map(float, zeros)], ql.Actual360())
        for name, curve in (("log-discount", logs), ("zero-rate", lines)):
            spans = [(0, 1), (0, 7), (5, 40), (30, 91), (100, 101), (181, 183), (200, 365)]
            answers.append(
                {
                    "spot": spot.ISO(),
                    "dates": [date.ISO() for date in dates],
                    "rates": rates,
                    "interpolation": name,
                    "forwards": [
                        {
                            "from": (spot + a).ISO(),
                            "to": (spot + b).ISO(),
                            "rate": (curve.discount(spot + a) / curve.discount(spot + b) - 1) * 360 / (b - a),
                            "discount": curve.discount(spot + b),
                        }
                        for a, b in spans
                    ],
                }
            )
    return answers


def bills() -> list[dict]:
    """The bond-equivalent yield is the root of the equation that defines it."""
    mpmath.mp.dps = 50
    answers = []
    for text in ("-0.002", "0.0001", "0.0186", "0.03595", "0.0532", "0.12"):
        rate = mpmath.mpf(text)
        for days in (1, 28, 91, 182, 183, 200, 364):
            for year in (365, 366):
                price = 1 - rate * days / 360
                share = mpmath.mpf(days) / year

                def worth(i):
                    if 2 * days <= year:
                        return price * (1 + i * share) - 1
                    return price * (1 + i * (share - 0.5)) * (1 + i / 2) - 1

                answers.append(
                    {
                        "rate": float(text), "days": days, "daysInYear": year, "price": float(price),
                        "moneyMarket": float((1 / price - 1) * 360 / days),
                        "bondEquivalent": float(mpmath.findroot(worth, rate)),
                    }
                )  # fmt: skip
    return answers


rng = np.random.default_rng(20260204)
series = []
for level in (0.0531, -0.005):
    dates, rates = fixings(rng, level)
    series.append({"fixings": {"dates": [d.ISO() for d in dates], "rates": rates}, "coupons": coupons(dates, rates)})
write("funding", "rates/rates", {"series": series, "curves": curves(), "bills": bills()}, ql, mpmath)
