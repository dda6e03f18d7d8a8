"""Closed days of markets from QuantLib, checked against pandas_market_calendars and holidays; Easter from dateutil."""

import datetime as dt

import dateutil
import holidays
import pandas as pd
import pandas_market_calendars as markets
import QuantLib as ql
from dateutil.easter import easter

from market import write

LAST = 2040


def closed(calendar: ql.Calendar, first: int) -> list[str]:
    days = calendar.holidayList(ql.Date(1, 1, first), ql.Date(31, 12, LAST), False)
    return [day.ISO() for day in days]


def closed_by_schedule(name: str, first: int) -> set[str]:
    span = (f"{first}-01-01", f"{LAST}-12-31")
    open_days = markets.get_calendar(name).valid_days(*span).tz_localize(None)
    return {day.date().isoformat() for day in pd.bdate_range(*span).difference(open_days)}


nyse = closed(ql.UnitedStates(ql.UnitedStates.NYSE), 1998)
assert set(nyse) == closed_by_schedule("NYSE", 1998)

# Trading calendars close on every second Good Friday or so; settlement, and SOFR, on each of them.
sifma = closed(ql.UnitedStates(ql.UnitedStates.SOFR), 2000)
unforeseen = {"2004-06-11", "2012-10-30", "2018-12-05"}
good_fridays = {(easter(year) - dt.timedelta(2)).isoformat() for year in range(2000, LAST + 1)}
difference = set(sifma) ^ closed_by_schedule("SIFMA_US", 2000)
assert difference <= unforeseen | good_fridays, difference

target = closed(ql.TARGET(), 2002)
official = holidays.financial_holidays("ECB", years=range(2002, LAST + 1))
assert set(target) == {day.isoformat() for day in official if day.weekday() < 5}

write(
    "funding",
    "calendar/calendars",
    {
        "lastYear": LAST,
        "closed": {"US-NYSE": nyse, "US-SIFMA": sifma, "TARGET": target},
        "easter": [easter(year).isoformat() for year in range(1900, 2100)],
    },
    ql,
    markets,
    holidays,
    dateutil,
)
