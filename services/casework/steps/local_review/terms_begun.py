"""What the form of the terms of reference opens with: what was decided is not asked again."""

from services.casework.commands import Command
from services.casework.steps.decision_grounds import KeyLine
from services.casework.steps.local_review.terms_of_reference import AgreeTerms
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType


class LinesDecided(Command):
    """The key lines of enquiry as the partners decided on them, before there are any terms."""

    key_lines: tuple[KeyLine, ...]


def terms_begun(work: UnitOfWork, case: Case) -> Command | None:
    """Return the terms of reference as they stand, else the key lines that were decided (LC-07).

    Nothing where the actor does not read them.
    """
    drawn_up = all_of(work.session, case.id, EntryType.TERMS_AGREED)
    if drawn_up:
        return AgreeTerms.model_validate(drawn_up[-1].command)
    put = [
        *all_of(work.session, case.id, EntryType.REQUEST_CONSIDERED),
        *all_of(work.session, case.id, EntryType.DECISION_PROPOSED),
    ]
    newest = max(put, key=lambda one: one.number, default=None)
    if newest is None:
        return None
    return LinesDecided.model_validate({"key_lines": newest.command["key_lines"]})
