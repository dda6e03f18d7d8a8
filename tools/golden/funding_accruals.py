"""Accruals of seeded books over a few weeks, in decimal arithmetic: every rule of a schedule, written a second time."""

import datetime as dt
from decimal import ROUND_CEILING, ROUND_HALF_UP, Decimal, getcontext

import numpy as np

from market import write

getcontext().prec = 40
D = lambda value: Decimal(str(value))
BP = Decimal(10_000)
DAYS = {"ACT/360": 360, "ACT/365F": 365}
HOLIDAYS = ["2026-02-16", "2026-04-03"]
FROM, TO = dt.date(2026, 2, 6), dt.date(2026, 3, 4)


def is_open(day: dt.date) -> bool:
    return day.weekday() < 5 and day.isoformat() not in HOLIDAYS


def settle(day: dt.date, lag: int) -> dt.date:
    while not is_open(day):
        day += dt.timedelta(1)
        if is_open(day) and lag > 0:
            lag -= 1
    while lag > 0:
        day += dt.timedelta(1)
        lag -= is_open(day)
    return day


def as_of(series: dict, day: dt.date) -> Decimal:
    return [D(rate) for date, rate in zip(series["dates"], series["rates"]) if date <= day.isoformat()][-1]


def floor(rate: Decimal, floors: dict, name: str) -> Decimal:
    return max(rate, D(floors[name])) if name in floors else rate


def interest(spread, balance: Decimal, base: Decimal, sign: int, floors: dict, name: str) -> Decimal:
    """A year's interest on the balance, slice by slice."""
    tiers = spread if isinstance(spread, list) else [{"bps": spread}]
    total = Decimal(0)
    for tier in tiers:
        low, high = D(tier.get("above", 0)), D(tier["upTo"]) if "upTo" in tier else Decimal("Infinity")
        rate = D(tier["rate"]) if "rate" in tier else base + sign * D(tier["bps"]) / BP
        total += max(Decimal(0), min(balance, high) - low) * floor(rate, floors, name)
    return total


def borrow_fee(terms: dict, asset: str, day: dt.date) -> Decimal:
    fees = terms["borrowFeeBps"]
    if not isinstance(fees, dict):
        return D(fees)
    fee = fees.get(asset, terms.get("generalCollateralBps"))
    if isinstance(fee, list):
        fee = [entry["bps"] for entry in fee if entry["from"] <= day.isoformat()][-1]
    return D(fee)


def secured(terms: dict, shares: Decimal, price: Decimal) -> Decimal:
    marks = terms.get("collateral")
    if marks is None:
        return shares * price
    unit = D(marks["roundUpTo"])
    marked = price * D(marks["ratio"])
    return shares * ((marked / unit).to_integral_value(ROUND_CEILING) * unit if unit else marked)


def charge(terms: dict, lines: list[tuple], equity, day: dt.date) -> tuple[list[Decimal], Decimal]:
    """One currency's day: the charge of each line, and of cash and loans besides."""
    base = terms["baseRate"]
    floors = terms.get("floors", {})
    base = floor(as_of(base, day) if isinstance(base, dict) else D(base), floors, "baseRate")
    year = DAYS[terms.get("dayCount", "ACT/360")]
    longs = sum((n * p for _, n, p in lines if n > 0), Decimal(0))
    shorts = sum((-n * p for _, n, p in lines if n < 0), Decimal(0))
    collateral = sum((secured(terms, -n, p) for _, n, p in lines if n < 0), Decimal(0))
    own = Decimal(0) if equity is None else D(equity) - (collateral - shorts)
    paid_for = min(max(own, Decimal(0)), longs)
    loan = max(-own, Decimal(0))
    cash = max(own - longs, Decimal(0))
    netting = {"none": 0, "full": 1}.get(terms.get("netting", "none"), terms.get("netting"))
    debit = longs - paid_for + loan
    netted = D(netting) * min(debit, collateral)
    pays = interest(terms["longSpreadBps"], debit - netted, base, 1, floors, "debitRate")
    earns = interest(terms["shortSpreadBps"], collateral - netted, base, -1, floors, "shortRate")
    cash_earns = interest(terms["cashSpreadBps"], cash, base, -1, floors, "cashRate") if "cashSpreadBps" in terms else Decimal(0)
    amounts = []
    for asset, n, p in lines:
        if n > 0:
            amounts.append(-pays * (n * p * (longs - paid_for) / longs) / debit / year if debit else Decimal(0))
        elif n < 0:
            value = secured(terms, -n, p)
            fee = max(value * borrow_fee(terms, asset, day) / BP / year, D(terms.get("borrowMinimum", 0)))
            amounts.append(earns * value / collateral / year - fee)
        else:
            amounts.append(Decimal(0))
    beside = cash_earns / year - (pays * loan / debit / year if debit else 0)
    return amounts, beside


def accrue(case: dict) -> dict:
    schedule, options = case["schedule"], case["options"]
    assets = [(line["asset"], line.get("currency", "")) for line in case["book"]]
    trades = [dict(trade, settles=settle(dt.date.fromisoformat(trade["date"]), options["settlementLag"])) for trade in options["trades"]]
    for trade in trades:
        key = (trade["asset"], trade.get("currency", ""))
        if key not in assets:
            assets.append(key)
    trades.sort(key=lambda trade: trade["settles"])
    # assets that only trades brought in stand in the order of settlement
    late = [key for key in assets[len(case["book"]):]]
    order = []
    for trade in trades:
        key = (trade["asset"], trade.get("currency", ""))
        if key in late and key not in order:
            order.append(key)
    assets = assets[: len(case["book"])] + order

    by_day, by_asset = [], [Decimal(0)] * len(assets)
    besides = Decimal(0)
    cents = Decimal(0)
    day = FROM
    while day < TO:
        held = {}
        for line in case["book"]:
            held[(line["asset"], line.get("currency", ""))] = (D(line["shares"]), D(line["price"]))
        for trade in trades:
            key = (trade["asset"], trade.get("currency", ""))
            if trade["settles"] <= day:
                held[key] = (held.get(key, (Decimal(0),))[0] + D(trade["shares"]), D(trade["price"]))
        total = Decimal(0)
        for currency in {c for _, c in assets} | set(options["equity"] or {}):
            terms = schedule["currencies"][currency] if currency else schedule
            fx = D(options["fx"][currency]) if currency else Decimal(1)
            here = [(i, a) for i, (a, c) in enumerate(assets) if c == currency]
            lines = [(a, *held.get((a, currency), (Decimal(0), Decimal(1)))) for _, a in here]
            equity = (options["equity"] or {}).get(currency)
            amounts, beside = charge(terms, lines, equity, day)
            for (i, _), amount in zip(here, amounts):
                by_asset[i] += amount * fx
                cents += (amount * fx).quantize(Decimal("0.01"), ROUND_HALF_UP)
            besides += beside * fx
            total += sum(amounts, beside) * fx
        by_day.append(total)
        day += dt.timedelta(1)
    return {
        "positions": [float(amount) for amount in by_asset],
        "account": float(besides),
        "days": [float(amount) for amount in by_day],
        "total": float(sum(by_day)),
        "positionCents": float(cents),
    }


def fixings(rng: np.random.Generator, level: float) -> dict:
    days = [dt.date(2026, 2, 2) + dt.timedelta(n) for n in range(40)]
    days = [day for day in days if is_open(day)]
    rates = level + np.cumsum(rng.normal(0, 0.0003, len(days)))
    return {"dates": [day.isoformat() for day in days], "rates": [round(float(rate), 5) for rate in rates]}


def book(rng: np.random.Generator, currency: str = "", size: int = 6) -> list[dict]:
    return [
        {
            "asset": f"{currency}A{i}",
            "shares": int(rng.integers(1, 60)) * 100 * (1 if i % 2 else -1),
            "price": round(float(rng.uniform(0.8, 250)), 2),
            **({"currency": currency} if currency else {}),
        }
        for i in range(size)
    ]


def trades(rng: np.random.Generator, held: list[dict]) -> list[dict]:
    answer = []
    for day, lines in (("2026-02-06", held[:2]), ("2026-02-13", held[1:4]), ("2026-02-14", held[:1]), ("2026-03-03", held[4:])):
        for line in lines:
            answer.append({**line, "date": day, "shares": int(rng.integers(-60, 61)) * 100, "price": round(line["price"] * float(rng.uniform(0.95, 1.05)), 2)})
    new = {**held[0], "asset": "NEW", "date": "2026-02-19", "shares": -1500, "price": 12.34}
    return [*answer, new, {**new, "date": "2026-02-24", "shares": 1500}]


TIERS = [{"upTo": 100_000, "bps": 150}, {"above": 100_000, "upTo": 1_000_000, "bps": 100}, {"above": 1_000_000, "bps": 50}]
CREDIT = [{"upTo": 100_000, "rate": 0}, {"above": 100_000, "upTo": 1_000_000, "bps": 125}, {"above": 1_000_000, "bps": 50}]
PLAIN = {"longSpreadBps": 50, "shortSpreadBps": 25, "borrowFeeBps": 40}


def cases() -> list[dict]:
    rng = np.random.default_rng(20260205)
    hard = {"A0": 900, "A2": [{"from": "2026-01-01", "bps": 60}, {"from": "2026-02-14", "bps": 350.5}, {"from": "2026-02-20", "bps": 75}]}
    specs = [
        ("plain", {**PLAIN, "baseRate": 0.03595}, None),
        ("fixings, hard to borrow", {**PLAIN, "baseRate": fixings(rng, 0.0364), "borrowFeeBps": hard, "generalCollateralBps": 30}, None),
        ("negative rates, floors", {**PLAIN, "baseRate": fixings(rng, -0.004), "floors": {"shortRate": -0.005, "debitRate": 0.0075}}, None),
        ("floor of the base rate", {**PLAIN, "baseRate": fixings(rng, 0.0004), "floors": {"baseRate": 0}}, {"": 100_000}),
        ("tiers, equity, cash", {"baseRate": fixings(rng, 0.0532), "longSpreadBps": TIERS, "shortSpreadBps": CREDIT, "borrowFeeBps": 40, "cashSpreadBps": CREDIT, "floors": {"shortRate": 0, "cashRate": 0}}, {"": 350_000}),
        ("more own money than longs", {**PLAIN, "baseRate": 0.05, "cashSpreadBps": 50, "dayCount": "ACT/365F"}, {"": 9_000_000}),
        ("a loan besides", {**PLAIN, "baseRate": 0.05, "longSpreadBps": TIERS}, {"": -250_000}),
        ("collateral marks, a least charge", {**PLAIN, "baseRate": 0.0364, "collateral": {"ratio": 1.02, "roundUpTo": 1}, "borrowMinimum": 2.5}, {"": 150_000}),
        ("half netted", {**PLAIN, "baseRate": 0.0364, "netting": 0.5}, None),
        ("netted in full, with equity and collateral", {**PLAIN, "baseRate": fixings(rng, 0.0364), "netting": "full", "collateral": {"ratio": 1.05, "roundUpTo": 0.01}}, {"": 200_000}),
        ("two currencies", {**PLAIN, "baseRate": 0.0364, "currencies": {"GBP": {**PLAIN, "baseRate": fixings(rng, 0.045), "dayCount": "ACT/365F", "longSpreadBps": 75}}}, {"": 500_000, "GBP": 40_000}),
    ]  # fmt: skip
    answers = []
    for name, schedule, equity in specs:
        held = book(rng)
        traded = trades(rng, held)
        if "currencies" in schedule:
            abroad = book(rng, "GBP", 4)
            held = [*held, *abroad]
            traded = [*traded, {**abroad[1], "date": "2026-02-17", "shares": -700}]
        case = {
            "name": name,
            "book": held,
            "schedule": schedule,
            "options": {"trades": traded, "settlementLag": int(rng.integers(0, 3)), "equity": equity, "fx": {"GBP": 1.27}},
        }
        answers.append({**case, "accrual": accrue(case)})
    return answers


write("funding", "pricing/accruals", {"holidays": HOLIDAYS, "from": FROM.isoformat(), "to": TO.isoformat(), "cases": cases()})
