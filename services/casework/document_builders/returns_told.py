"""How an agency's return came, from whom, and whether it confirmed it: for its paper and the pack.

What was entered for an agency is told as that until the agency confirms it, and is never told as
sent by it (RR-40, RR-41).
"""

from collections.abc import Iterator
from typing import Final

from services.casework.document_builders.case_history import CaseHistory
from services.casework.document_builders.context import on_day
from services.casework.steps.scoping.return_questions import ReturnWords, SubmitReturn
from services.casework.steps.scoping.returns_on_record import (
    ConfirmReturn,
    CorrectReturn,
    EnterReturn,
    as_return,
    said_in,
)
from services.database.history import Entry
from services.domain.entry_types import THE_RETURN, EntryType
from services.domain.labels import label, paper_title
from services.domain.plain_dates import date_and_time
from services.domain.plain_text import capital, without_rules
from services.domain.working_days import london_date

NOT_YET: Final = (
    "Not yet. Until it does, nobody of the agency has said that records are secured, through whom "
    "they are opened, or whether there is a conflict of interest."
)
_CHANGED: Final = "What was changed, and why"


def how_it_came(history: CaseHistory, sent: Entry) -> dict[str, str]:
    """Return when and how this version came, and what is new in it, with the reason."""
    before = _before(history, sent)
    match said_in(sent):
        case EnterReturn() as entered:
            return _how(entered) | {
                "Entered on": on_day(london_date(sent.at)),
                "Confirmed by the agency": NOT_YET,
                **_in_place_of(before),
            }
        case ConfirmReturn() as confirmed if before is not None:
            return _entered_how(before) | {
                "Confirmed by the agency on": on_day(london_date(sent.at)),
                _CHANGED: confirmed.reason or "",
                "Answers that changed": _changes(before, sent, ReturnWords),
            }
        case CorrectReturn() as corrected if before is not None:
            return {
                "Last returned on": on_day(london_date(before.at)),
                "Added to or corrected on": on_day(london_date(sent.at)),
                "What was added or corrected, and why": corrected.reason,
                "Answers that changed": _changes(before, sent, SubmitReturn),
            }
    return {"Returned on": on_day(london_date(sent.at)), **_in_place_of(before)}


def how_it_came_in_brief(history: CaseHistory, sent: Entry) -> dict[str, str]:
    """Return the same for the papers of the meeting, of a return that did not come by itself."""
    if sent.entry_type in {EntryType.RETURN_ENTERED, EntryType.RETURN_CONFIRMED}:
        told = how_it_came(history, sent)
        return {name: text for name, text in told.items() if name != _CHANGED}
    return {}


def _before(history: CaseHistory, sent: Entry) -> Entry | None:
    """Return the version before this one, if the agency returned anything before."""
    earlier = [
        one
        for one in history.entries
        if one.entry_type in THE_RETURN and one.subject == sent.subject and one.number < sent.number
    ]
    return history.numbered(earlier[-1].number) if earlier else None


def _how(entered: EnterReturn) -> dict[str, str]:
    return {
        "How it came": capital(label(entered.source)),
        "From whom": entered.caller,
        "Received": date_and_time(entered.received_at),
    }


def _entered_how(entry: Entry) -> dict[str, str]:
    said = said_in(entry)
    return _how(said) if isinstance(said, EnterReturn) else {}


def _in_place_of(before: Entry | None) -> dict[str, str]:
    """Say that the agency's own return stands in place of what was entered for it."""
    said = None if before is None else said_in(before)
    if not isinstance(said, EnterReturn):
        return {}
    return {
        "In place of": f"What came {label(said.source)} from {said.caller}, received "
        f"{date_and_time(said.received_at)}"
    }


def _changes(before: Entry, now: Entry, asked: type[ReturnWords]) -> str:
    """Say what papers call each of these answers that differs.

    What had no answer in what was entered is answered by the confirmation, and changed by nothing.
    """
    return ", ".join(_changed(as_return(before), as_return(now), asked))


def _changed(before: ReturnWords, now: ReturnWords, asked: type[ReturnWords]) -> Iterator[str]:
    known = [one.__name__ for one in asked.__mro__]
    for name, field in asked.model_fields.items():
        if getattr(before, name) != getattr(now, name):
            yield paper_title(known, name) or without_rules(field.title or name)
