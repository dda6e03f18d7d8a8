"""One day's funding of seeded books, in decimal arithmetic: exact where the package works in doubles."""

from decimal import ROUND_HALF_UP, Decimal, getcontext

import numpy as np

from market import write

getcontext().prec = 40
DAYS = {"ACT/360": 360, "ACT/365F": 365}


def rounded(value: Decimal, places: int) -> Decimal:
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


def price(book: list[dict], terms: dict) -> dict:
    """Every input as the decimal that it prints as."""
    base = Decimal(str(terms["baseRate"]))
    long_rate = -(base + Decimal(terms["longSpreadBps"]) / 10_000)
    fees = terms["borrowFeeBps"]
    rows = []
    for line in book:
        notional = Decimal(str(line["shares"])) * Decimal(str(line["price"]))
        fee = fees if isinstance(fees, (int, float)) else fees.get(line["asset"], 0)
        short_rate = base - (Decimal(terms["shortSpreadBps"]) + Decimal(str(fee))) / 10_000
        rate = Decimal(0) if notional == 0 else long_rate if notional > 0 else short_rate
        rows.append((line["asset"], notional, rate, abs(notional) * rate / DAYS[terms["dayCount"]]))
    total = sum(row[3] for row in rows)
    gross = sum(abs(row[1]) for row in rows)
    gross_rate = total * DAYS[terms["dayCount"]] / gross
    return {
        "rows": [
            {
                "asset": asset,
                "side": "flat" if notional == 0 else "long" if notional > 0 else "short",
                "notional": float(notional),
                "annualRate": float(rate),
                "daily": float(daily),
                "dailyRounded": float(rounded(daily, 2)),
            }
            for asset, notional, rate, daily in rows
        ],
        "total": float(total),
        "totalRounded": float(rounded(total, 2)),
        "gross": float(gross),
        "net": float(sum(row[1] for row in rows)),
        "grossRate": float(gross_rate),
        "hurdle": float(max(Decimal(0), -gross_rate)),
        "longHurdle": float(max(Decimal(0), -long_rate)),
    }


def random_case(rng: np.random.Generator, size: int, base: float, day_count: str, by_asset: bool) -> dict:
    names = [f"A{i:02d}" for i in range(size)]
    book = [
        {
            "asset": name,
            "shares": int(rng.integers(-5000, 5001)) if i else 0,
            "price": round(float(rng.uniform(1, 900)), 2),
        }
        for i, name in enumerate(names)
    ]
    fee = {name: int(rng.integers(10, 900)) for name in names} if by_asset else 40
    terms = {"baseRate": base, "longSpreadBps": 50, "shortSpreadBps": 25, "borrowFeeBps": fee, "dayCount": day_count}
    return {"book": book, "schedule": terms, "price": price(book, terms)}


def ties() -> list[dict]:
    """Decimals on and around the tie, which binary rounding gets wrong."""
    texts = ["0.04095", "0.02945", "-0.04095", "1.005", "2.675", "-30.305", "1.0049999", "0.5", "-0.00001", "1e-7", "123456789.125"]
    return [
        {"value": float(text), "decimals": places, "rounded": float(rounded(abs(Decimal(text)), places).copy_sign(Decimal(text)) + 0)}
        for text in texts
        for places in (0, 2, 4)
    ]


rng = np.random.default_rng(20260201)
cases = [
    random_case(rng, 8, 0.03595, "ACT/360", False),
    random_case(rng, 40, 0.0525, "ACT/365F", True),
    random_case(rng, 12, -0.005, "ACT/360", True),
    random_case(rng, 5, 0.0, "ACT/365F", False),
]
write("funding", "pricing/funding", {"cases": cases, "rounding": ties()})
