"""What the Panel has asked and not been answered, and what it concluded (GOV-14, GOV-17)."""

from collections.abc import Mapping
from typing import Final

from services.casework.effects import close_todos
from services.casework.steps.decision_grounds import AnswerCriteria
from services.database.cases import Case
from services.database.history import all_of, facts
from services.database.unit_of_work import UnitOfWork
from services.domain.criteria import MustConsider
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo
from services.domain.workflow import PanelAnswer, PanelQuery

_ASKED_IN: Final[Mapping[SignOffMatter, EntryType]] = {
    SignOffMatter.RAPID_REVIEW: EntryType.PANEL_ANSWERED,
    SignOffMatter.PUBLICATION: EntryType.PUBLICATION_QUERIED,
}
SUBJECT: Final[Mapping[SignOffMatter, str]] = {
    SignOffMatter.RAPID_REVIEW: "",
    SignOffMatter.PUBLICATION: SignOffMatter.PUBLICATION.value,
}
"""The subject of a reply and of a challenge: which decision of the partners it is about."""

SECTION: Final[Mapping[SignOffMatter, Section]] = {
    SignOffMatter.RAPID_REVIEW: Section.CRITERIA_AND_DECISION,
    SignOffMatter.PUBLICATION: Section.PUBLICATION,
}


def open_queries(work: UnitOfWork, case: Case) -> tuple[SignOffMatter, ...]:
    """Return the decisions that the Panel queries and the partners have not answered for."""
    return tuple(one for one in _ASKED_IN if _is_open(work, case, one))


def _is_open(work: UnitOfWork, case: Case, matter: SignOffMatter) -> bool:
    """Tell whether the Panel's newest word on it is a query without a reply or a challenge.

    An answer by which the case goes on names where to, and is no query.
    """
    asked = facts(work.session, case.id, _ASKED_IN[matter])
    if not asked or asked[-1].subject:
        return False
    replied = facts(work.session, case.id, EntryType.PANEL_REPLIED, EntryType.CHALLENGE_LODGED)
    return not any(
        one.subject == SUBJECT[matter] and one.number > asked[-1].number for one in replied
    )


def query_meant(work: UnitOfWork, case: Case, named: PanelQuery | None) -> SignOffMatter | None:
    """Return which query is answered: the one that is open, or which of both was named.

    Nothing, where none is open. Raises AnswerRefused where both are and none is named, and where
    the named one is not open.
    """
    found = open_queries(work, case)
    if named is None:
        if len(found) > 1:
            raise AnswerRefused("query", "The Panel has two queries open: choose which one.")
        return found[0] if found else None
    matter = SignOffMatter(named.value)
    if found and matter not in found:
        raise AnswerRefused("query", "The Panel's query of this waits for no answer.")
    return matter if found else None


def close_answered(work: UnitOfWork, case: Case) -> None:
    """Ask for a reply no longer, once no query waits for one."""
    if not open_queries(work, case):
        close_todos(work, case, Todo.REPLY_TO_PANEL)


def must_be_as_panel_said(work: UnitOfWork, case: Case, said: AnswerCriteria) -> None:
    """Refuse an answer on the Panel's view of a local review that is not its recorded one (DEC-04).

    The Panel has considered a case once it has answered; what it concluded then is taken into
    account, and decides nothing by itself.
    """
    concluded = bool(_preferred_local(work, case))
    (answer,) = (one for one in said.must if one.criterion is MustConsider.PANEL_PREFERS_LOCAL)
    if answer.applies and not concluded:
        raise AnswerRefused(
            "must", "No answer of the Panel on this case says so: record its answer first (DEC-04)."
        )
    if concluded and not answer.applies:
        raise AnswerRefused("must", "The Panel concluded so: it is taken into account (DEC-04).")


def must_be_answered_since(work: UnitOfWork, case: Case) -> None:
    """Refuse to decide on criteria that were answered before the Panel concluded (DEC-04)."""
    concluded = _preferred_local(work, case)
    answered = facts(work.session, case.id, EntryType.CRITERIA_ANSWERED)
    if concluded and answered[-1].number < concluded[-1]:
        raise StepNotOpen(
            "The Panel considers a local review more appropriate: answer the criteria again, with "
            "that taken into account (DEC-04)."
        )


def _preferred_local(work: UnitOfWork, case: Case) -> list[int]:
    """Return the numbers of the answers in which the Panel finds a local review appropriate."""
    return [
        one.number
        for one in all_of(work.session, case.id, EntryType.PANEL_ANSWERED)
        if one.command["answer"] == PanelAnswer.LOCAL_MORE_APPROPRIATE
    ]
