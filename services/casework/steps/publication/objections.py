"""Whether police or prosecution object to publication, as the register of the case has it (G10).

An objection is what a criminal process on the register holds back of publication. It is live until
the register says that the process is over, or holds it back no more.
"""

from collections.abc import Iterator
from typing import Final

from services.casework.steps.other_reviews.register import OtherProcess, Register, register_of
from services.database.cases import Case
from services.database.history import facts, reads_all
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import THE_REPORT
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.other_reviews import OF_A_PROCESS, Constrained, LiaisonWith, ProcessKind
from services.domain.report_changes import TextCourse

_ASKED: Final = frozenset({LiaisonWith.POLICE, LiaisonWith.FAMILY_LIAISON, LiaisonWith.PROSECUTION})


def must_have_no_objection(work: UnitOfWork, case: Case) -> None:
    """Refuse publication while police or prosecution object, or nobody has asked them (G10).

    Where a criminal process goes on, one of them was spoken to since the report was written.
    """
    if objection := _objection_now(work, case):
        raise RuleBroken(objection)


def must_answer_objection(work: UnitOfWork, case: Case, answer: str | None) -> None:
    """Refuse to publish improvements against an objection of which nothing is said (G10).

    An objection may be why a report is taken down, so that it does not stand against that.
    """
    if answer is None and (objection := _objection_now(work, case)):
        raise AnswerRefused("police_say", f"Say what they say to it. {objection}")


def _objection_now(work: UnitOfWork, case: Case) -> str:
    """Return why police or prosecution stand against publication; nothing where they do not."""
    _must_read_register(work, case)
    register = register_of(work, case.id)
    live = [one for one in register.processes if _goes_on(one)]
    objections = [words for one in live for words in _objections(one)]
    if objections:
        return (
            "Police or prosecution object to publication, as the register has it (G10): "
            f"{'; '.join(objections)}. Once they do not any more, change what is recorded of it."
        )
    if live and not _was_asked(work, case, register):
        return (
            f"A criminal process goes on ({'; '.join(one.said.name for one in live)}). Ask police "
            "or prosecution about publication of the report as it now stands, and record the "
            "contact (G10)."
        )
    return ""


def _goes_on(process: OtherProcess) -> bool:
    return process.said.kind is ProcessKind.CRIMINAL and not process.said.state.is_over


def _objections(process: OtherProcess) -> Iterator[str]:
    for one in process.said.constraints:
        if one.holds_back is Constrained.PUBLISHED:
            yield f"{process.said.name}, until {one.until}: {one.words}"


def _was_asked(work: UnitOfWork, case: Case, register: Register) -> bool:
    drafted = [
        one
        for one in facts(work.session, case.id, *THE_REPORT)
        if not one.subject.endswith(TextCourse.OF_FORM)
    ]
    since = drafted[-1].number if drafted else 0
    return any(one.number > since and said.whom in _ASKED for one, said in register.contacts)


def _must_read_register(work: UnitOfWork, case: Case) -> None:
    """Refuse where a police mark hides part of the register: an objection may stand in it."""
    if not reads_all(work.session, case.id, *OF_A_PROCESS):
        raise RuleBroken(
            "A mark hides from you part of the register of other proceedings, where an objection "
            "to publication may stand (G10): whoever marked it lists you first."
        )
