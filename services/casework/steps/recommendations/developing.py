"""Gate G9: the review group develops a recommendation, version by version, or drops it (PUB-18)."""

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import named, part_of
from services.casework.effects import close_todos, last_day, open_todo
from services.casework.steps.police_marks.marks_carried import carry_marks
from services.casework.steps.recommendations.checks import must_be_clear
from services.casework.steps.recommendations.on_record import (
    NOT_THERE,
    OF_GROUP,
    has_recommendations,
    recommendations_on,
    unendorsed,
)
from services.casework.steps.recommendations.said import (
    DevelopRecommendation,
    DropRecommendation,
    Recommendation,
    RecommendationDeveloped,
    RecommendationDropped,
)
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused
from services.domain.identifiers import CaseId
from services.domain.recommendations import RecommendationStanding
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage


def develop_recommendation(
    work: UnitOfWork, case_id: CaseId, command: DevelopRecommendation
) -> Case:
    """Keep the group's next version; the partners endorse it as it then stands (PUB-18).

    What a police mark hides of the version before stays hidden.
    """
    case = begin(work, case_id, DEVELOP_RECOMMENDATION, command)
    one = named(recommendations_on(work, case), command.recommendation, NOT_THERE)
    said = part_of(command, Recommendation)
    if said == one.said:
        raise AnswerRefused("text", "This is what is on record. Change what is different now.")
    must_be_clear(work, case, said, "recommendation")
    kept = RecommendationDeveloped(
        number=one.number, version=one.version + 1, why=command.why, **dict(said)
    )
    entered = Entered(subject=str(one.number), kept=kept)
    entry = record_entry_as(work, case, DEVELOP_RECOMMENDATION, command, entered)
    carry_marks(work, case, one.entry, entry)
    by = last_day(work, case, ClockId.K11)
    open_todo(work, case, Todo.DEVELOP_RECOMMENDATIONS, last_day=by)
    return case


DEVELOP_RECOMMENDATION = Act(
    name="develop_recommendation",
    command=DevelopRecommendation,
    which="recommendation",
    perform=develop_recommendation,
    permission=Permission.QUALITY_ASSURE,
    doing="develop a recommendation",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.RECOMMENDATION_DEVELOPED,
    kept=RecommendationDeveloped,
    shows=OF_GROUP,
    is_offered=has_recommendations,
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
)


def drop_recommendation(work: UnitOfWork, case_id: CaseId, command: DropRecommendation) -> Case:
    """Take a recommendation up no further; it stands in no version of the report from now on."""
    case = begin(work, case_id, DROP_RECOMMENDATION, command)
    one = named(recommendations_on(work, case), command.recommendation, NOT_THERE)
    kept = RecommendationDropped(number=one.number, text=one.said.text, why=command.why)
    entered = Entered(subject=str(one.number), kept=kept)
    entry = record_entry_as(work, case, DROP_RECOMMENDATION, command, entered)
    carry_marks(work, case, one.entry, entry)
    close_if_all_put(work, case)
    if one.standing is RecommendationStanding.ENDORSED and case.report_version > 0:
        open_todo(work, case, Todo.SUBMIT_DRAFT, last_day=last_day(work, case, ClockId.K11))
    return case


def close_if_all_put(work: UnitOfWork, case: Case) -> None:
    """Ask the review group for nothing more where no recommendation waits for it."""
    in_group = RecommendationStanding.WITH_GROUP
    if not any(one.standing is in_group for one in unendorsed(work, case)):
        close_todos(work, case, Todo.DEVELOP_RECOMMENDATIONS)


DROP_RECOMMENDATION = Act(
    name="drop_recommendation",
    command=DropRecommendation,
    which="recommendation",
    perform=drop_recommendation,
    permission=Permission.QUALITY_ASSURE,
    doing="drop a recommendation",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.RECOMMENDATION_DROPPED,
    kept=RecommendationDropped,
    shows=OF_GROUP,
    is_offered=has_recommendations,
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
)
