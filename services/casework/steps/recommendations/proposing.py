"""Gate G9: a reviewer or the review team proposes what the review recommends (PUB-18)."""

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.effects import close_todos, last_day, open_todo
from services.casework.steps.recommendations.checks import must_be_clear
from services.casework.steps.recommendations.on_record import last_number
from services.casework.steps.recommendations.said import (
    ProposedRecommendation,
    ProposeRecommendations,
    RecommendationsProposed,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


def ask_for_recommendations(work: UnitOfWork, case: Case) -> None:
    """Ask the lead reviewer to propose what the review recommends, where nothing is proposed."""
    if last_number(work, case) == 0:
        by = last_day(work, case, ClockId.K11)
        open_todo(work, case, Todo.PROPOSE_RECOMMENDATIONS, last_day=by)


def propose_recommendations(
    work: UnitOfWork, case_id: CaseId, command: ProposeRecommendations
) -> Case:
    """Keep each with a number of its own; the review group is asked to develop them (PUB-18)."""
    case = begin(work, case_id, PROPOSE_RECOMMENDATIONS, command)
    if not command.recommendations:
        raise AnswerRefused("recommendations", "Enter at least one recommendation (PUB-18).")
    for one in command.recommendations:
        must_be_clear(work, case, one, "recommendations")
    before = last_number(work, case)
    numbered = tuple(
        ProposedRecommendation(number=number, **dict(one))
        for number, one in enumerate(command.recommendations, before + 1)
    )
    last, kept = numbered[-1].number, RecommendationsProposed(recommendations=numbered)
    entered = Entered(subject=str(last), kept=kept)
    record_entry_as(work, case, PROPOSE_RECOMMENDATIONS, command, entered)
    close_todos(work, case, Todo.PROPOSE_RECOMMENDATIONS)
    by = last_day(work, case, ClockId.K11)
    open_todo(work, case, Todo.DEVELOP_RECOMMENDATIONS, last_day=by)
    return case


PROPOSE_RECOMMENDATIONS = Act(
    name="propose_recommendations",
    command=ProposeRecommendations,
    perform=propose_recommendations,
    permission=Permission.JUDGE_REPORTS,
    doing="propose recommendations",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.RECOMMENDATIONS_PROPOSED,
    kept=RecommendationsProposed,
    todo=Todo.PROPOSE_RECOMMENDATIONS,
    shows=(EntryType.RECOMMENDATIONS_PROPOSED, EntryType.RECOMMENDATION_DROPPED),
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
)
