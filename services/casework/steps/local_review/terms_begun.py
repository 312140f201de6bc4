"""What the form of the terms of reference opens with: what was decided is not asked again."""

from services.casework.commands import Command
from services.casework.steps.decision_grounds import KeyLine
from services.casework.steps.local_review.terms_said import TermsKept
from services.database.cases import Case
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType


class BegunByDecision(Command):
    """What the partners decided and proposed for the review, before there are any terms."""

    key_lines: tuple[KeyLine, ...]
    why_fifth: str | None = None
    methodology: str | None = None
    timetable: str | None = None


def terms_begun(work: UnitOfWork, case: Case) -> Command | None:
    """Return the terms of reference as they stand, else the key lines that were decided (LC-07).

    What is changed in them is said anew (LC-06).

    With them come the methodology and the timescale that were proposed with them (RR-55).
    Nothing where the actor does not read them.
    """
    drawn_up = all_of(work.session, case.id, EntryType.TERMS_AGREED)
    if drawn_up:
        newest = TermsKept.model_validate(drawn_up[-1].command)
        return newest.model_copy(update={"changed": None, "why_changed": None})
    put = [
        *all_of(work.session, case.id, EntryType.REQUEST_CONSIDERED),
        *all_of(work.session, case.id, EntryType.DECISION_PROPOSED),
    ]
    decided = max(put, key=lambda one: one.number, default=None)
    if decided is None:
        return None
    return BegunByDecision(
        key_lines=decided.command["key_lines"],
        why_fifth=decided.command.get("why_fifth"),
        methodology=decided.command.get("methodology"),
        timetable=decided.command.get("timescale"),
    )
