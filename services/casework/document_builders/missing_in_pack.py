"""What a meeting pack does not hold of what RR-45 asks for, named with the reason."""

from collections.abc import Iterator
from uuid import UUID

from services.casework.answers_as_text import Names
from services.casework.document_builders.case_history import CaseHistory
from services.casework.steps.rapid_review.pack_contents import AcceptPack, Minutes
from services.casework.steps.scoping.scoping_returns import ExcuseReturn
from services.domain.documents import Answer, PaperSection
from services.domain.entry_types import THE_RETURN, EntryType


def missing_in_pack(history: CaseHistory, names: Names) -> tuple[PaperSection, ...]:
    """Name each paper that is missing; nothing is said where none is (G3, RR-45)."""
    accepted = history.all(EntryType.PACK_ACCEPTED)[-1:]
    said = [AcceptPack.model_validate(one.command) for one in accepted]
    answers = (*_forms(said), *_returns(history, names))
    return (PaperSection(heading="What is missing", answers=answers),) if answers else ()


def _forms(said: list[AcceptPack]) -> Iterator[Answer]:
    for one in said:
        if one.sin_form is None:
            yield Answer(
                label="The notification as it was sent",
                text="The form is not with the pack. What is on record of it is.",
            )
        if one.minutes is Minutes.TABLED:
            yield Answer(
                label="Minutes of the joint agency response",
                text="They will be tabled at the meeting.",
            )


def _returns(history: CaseHistory, names: Names) -> Iterator[Answer]:
    """Name each agency that is left out of the pack, and why."""
    excused = {one.subject: one for one in history.all(EntryType.RETURN_EXCUSED)}
    came = {one.subject for one in history.all(*THE_RETURN)}
    for agency, entry in excused.items():
        if agency not in came:
            why = ExcuseReturn.model_validate(entry.command)
            yield Answer(label=f"Return of {names.get(UUID(agency), '')}", text=why.reasons)
