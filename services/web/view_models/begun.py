"""The forms that a person has begun and not sent, as the first page lists them."""

from dataclasses import dataclass
from datetime import datetime
from typing import Final
from urllib.parse import quote

from services.casework.drafts import Begun, forms_begun
from services.database.unit_of_work import UnitOfWork
from services.domain.labels.own_words import in_own_words
from services.web.act_pages.act_page import ActPage
from services.web.act_pages.registry import ACT_PAGES
from services.web.drafts import UNNAMED
from services.web.kept_forms import KEPT_QUERY
from services.web.things_named import thing_named

NOT_SENT: Final = "A form that is kept and not done yet"


@dataclass(frozen=True, slots=True)
class BegunLine:
    """One form that was begun: what it is for, on which case, and where it goes on.

    ``thing`` is which of several things it is about, where that may be said outside the case.
    """

    what: str
    href: str
    reference: str
    saved_at: datetime
    thing: str = ""


def begun_lines(work: UnitOfWork) -> list[BegunLine]:
    """Return the forms that the person has begun and may still send in this role."""
    found = [(one, ACT_PAGES.get(one.act)) for one in forms_begun(work)]
    return [
        _line(work, one, page) if page is not None else _kept_line(one)
        for one, page in found
        if page is None or work.actor.may(page.act.permission)
    ]


def _kept_line(kept: Begun) -> BegunLine:
    """Return the line of a form that is of no act, by the address at which it stands again."""
    reference = kept.case.reference if kept.case is not None else ""
    return BegunLine(NOT_SENT, f"{kept.act}{KEPT_QUERY}", reference, kept.saved_at)


def _line(work: UnitOfWork, begun: Begun, page: ActPage) -> BegunLine:
    above = f"/cases/{begun.case.id}" if begun.case is not None else ""
    reference = begun.case.reference if begun.case is not None else ""
    of = f"?of={quote(begun.about or UNNAMED, safe='')}" if page.act.which else ""
    thing = thing_named(work, page, begun.about)
    title = in_own_words(page.title)
    return BegunLine(title, f"{above}/{page.path}{of}", reference, begun.saved_at, thing)
