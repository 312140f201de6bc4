"""What was answered to a question, in words as a person reads it."""

from typing import Final

from services.domain.plain_dates import date_and_time, day_month_year
from services.web.forms import days
from services.web.forms.fields import DAY_PARTS
from services.web.forms.rendering import ShownField
from services.web.forms.text import Unreadable, is_blank

NO_LONGER: Final = "What was chosen is not offered any more"


def said_in(field: ShownField) -> str:
    """Return an answer in words; nothing where there is none."""
    if field.kind in {"DAY", "MOMENT"}:
        return _day(field)
    if field.choices:
        called = {one.value: one.label for one in field.choices}
        chosen = [one for one in field.chosen if one]
        return "\n".join(dict.fromkeys(called.get(one, NO_LONGER) for one in chosen))
    return "" if is_blank(field.value) else field.value.strip()


def _day(field: ShownField) -> str:
    """Return a day as people write it, and as it was typed where it is none."""
    typed = {part: field.typed.get(f"{field.name}-{part}", "") for part in (*DAY_PARTS, "time")}
    try:
        if field.kind == "MOMENT":
            moment = days.moment(typed)
            return date_and_time(moment) if moment else ""
        day = days.day(typed)
        return day_month_year(day) if day else ""
    except Unreadable:
        return " ".join(one.strip() for one in typed.values() if one.strip())
