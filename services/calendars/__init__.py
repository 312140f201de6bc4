"""Which days are bank holidays in England: the `holidays` package, corrected by our own table.

The days of Scotland and Northern Ireland stand beside them: they count for a request under the
Freedom of Information Act alone. What operations put on record since is added by the unit of work
(`services.database`).
"""

from datetime import date
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import holidays

from services.domain.bank_holidays import ONE_OFF_DAYS, corrected
from services.domain.working_days import Calendar

FIRST_YEAR, LAST_YEAR = 2010, 2045
# Wales has the bank holidays of England.
ELSEWHERE = {"SCT": "Scotland", "NIR": "Northern Ireland"}
GOV_UK_TITLES = {
    "May Day": "Early May bank holiday",
    "Spring Bank Holiday": "Spring bank holiday",
    "Late Summer Bank Holiday": "Summer bank holiday",
}


@cache
def england() -> Calendar:
    """Return the working calendar of England, 2010 to 2045, as known to this release."""
    return corrected(_predicted(), ONE_OFF_DAYS)


def _predicted() -> Calendar:
    years = range(FIRST_YEAR, LAST_YEAR + 1)
    bank_holidays = _bank_holidays_of_the_united_kingdom()
    known = bank_holidays(subdiv="ENG", years=years)
    days = {day: _as_gov_uk_says(title) for day, title in known.items()}
    elsewhere = {
        day: f"{_as_gov_uk_says(title)}, {part}"
        for code, part in ELSEWHERE.items()
        for day, title in bank_holidays(subdiv=code, years=years).items()
        if day not in days
    }
    first, last = date(FIRST_YEAR, 1, 1), date(LAST_YEAR, 12, 31)
    return Calendar(days, first, last, elsewhere=elsewhere)


def _bank_holidays_of_the_united_kingdom() -> type[holidays.HolidayBase]:
    """Return what the package knows of this country, read from its own file.

    Asked in the usual way the package reads three hundred countries and stock exchanges: 14 MB and
    half a second for each process that starts.
    """
    place = Path(holidays.__file__).parent / "countries" / "united_kingdom.py"
    spec = spec_from_file_location("holidays.countries.united_kingdom", place)
    if spec is None or spec.loader is None:
        raise ImportError(place.name)
    country = module_from_spec(spec)
    spec.loader.exec_module(country)
    found: type[holidays.HolidayBase] = country.UnitedKingdom
    return found


def _as_gov_uk_says(title: str) -> str:
    plain = title.removesuffix(" (observed)")
    suffix = " (substitute day)" if plain != title else ""
    return GOV_UK_TITLES.get(plain, plain) + suffix
