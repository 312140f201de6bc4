"""What a person narrows the audit to, read from the address of the page."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import urlencode

from services.database.audit import LinksWanted
from services.domain.audit import AuditKind
from services.domain.errors import AnswerRefused
from services.domain.json_values import day
from services.domain.working_days import at_london
from services.web.forms.text import showable
from services.web.path_ids import id_told

LONGEST: Final = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrowed:
    """What the person narrowed the audit to; what cannot be read narrows nothing."""

    who: str = ""
    what: str = ""
    since: str = ""
    until: str = ""
    below: str = ""

    @property
    def wanted(self) -> LinksWanted:
        """Return the links to read."""
        until = _day(self.until)
        return LinksWanted(
            person_id=id_told(self.who),
            kind=self.what if self.what in set(AuditKind) else "",
            since=_midnight(_day(self.since)),
            before=_midnight(date.fromordinal(until.toordinal() + 1) if until else None),
            below=int(self.below) if re.fullmatch("[0-9]{1,18}", self.below) else None,
        )

    def older(self, than: int) -> str:
        """Return the query of the page with older links."""
        told = {"who": self.who, "what": self.what, "since": self.since, "until": self.until}
        return urlencode({**told, "below": than})


def narrowed_by(asked: Mapping[str, str]) -> Narrowed:
    """Return what the address narrows the audit to, as it may be shown back."""
    names = ("who", "what", "since", "until", "below")
    return Narrowed(**{name: showable(asked.get(name, ""))[:LONGEST] for name in names})


def _day(text: str) -> date | None:
    try:
        return day("day", text)
    except AnswerRefused:
        return None


def _midnight(on: date | None) -> datetime | None:
    return None if on is None else at_london(datetime.combine(on, datetime.min.time()))
