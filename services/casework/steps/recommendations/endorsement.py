"""Gate G9: the partners endorse each recommendation before it is in the report (PUB-18)."""

from services.casework.act import Act, Entered, begin, record_entry_as
from services.casework.commands import named
from services.casework.effects import close_todos, last_day, order_document
from services.casework.steps.police_marks.marks_carried import carry_marks_of_each
from services.casework.steps.recommendations.checks import must_be_clear
from services.casework.steps.recommendations.developing import close_if_all_put
from services.casework.steps.recommendations.on_record import (
    MATTER,
    SAYING,
    StandingRecommendation,
    endorsed_recommendations,
    has_unendorsed,
    must_read_all,
    unendorsed,
)
from services.casework.steps.recommendations.said import (
    PutRecommendations,
    RecommendationPut,
    RecommendationsPut,
)
from services.casework.steps.rounds.sign_off_rounds import ask_no_more, invite, round_of
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.labels.own_words import in_own_words
from services.domain.roles import Permission
from services.domain.todos import Todo
from services.domain.workflow import Stage, Step


def put_recommendations(work: UnitOfWork, case_id: CaseId, command: PutRecommendations) -> Case:
    """Put recommendations to the partners, in the words that the review group gave them (PUB-18).

    What a police mark hides of one of them stays hidden.
    """
    case = begin(work, case_id, PUT_RECOMMENDATIONS, command)
    chosen = _chosen(work, case, command)
    for one in chosen:
        must_be_clear(work, case, one.said, "recommendations")
    rows = tuple(
        RecommendationPut(number=one.number, version=one.version, **dict(one.said))
        for one in chosen
    )
    kept = RecommendationsPut(recommendations=rows, considered=command.considered)
    entered = Entered(subject=str(round_of(work, case, MATTER) + 1), kept=kept)
    entry = record_entry_as(work, case, PUT_RECOMMENDATIONS, command, entered)
    carry_marks_of_each(work, case, [one.entry for one in chosen], entry)
    close_if_all_put(work, case)
    order_document(work, entry, Step.COMMISSION, DocumentKind.RECOMMENDATIONS)
    invite(work, case, MATTER, last_day=last_day(work, case, ClockId.K11))
    return case


def _chosen(
    work: UnitOfWork, case: Case, command: PutRecommendations
) -> list[StandingRecommendation]:
    """Return what is put, by number; refuse nothing at all, and what is endorsed already."""
    field, found = "recommendations", unendorsed(work, case)
    if not command.recommendations:
        raise AnswerRefused(field, "Choose at least one recommendation (PUB-18).")
    otherwise = AnswerRefused(field, "Choose recommendations that are still to be endorsed.")
    chosen = {id_: named(found, id_, otherwise) for id_ in command.recommendations}
    return sorted(chosen.values(), key=lambda one: one.number)


PUT_RECOMMENDATIONS = Act(
    name="put_recommendations",
    command=PutRecommendations,
    perform=put_recommendations,
    permission=Permission.QUALITY_ASSURE,
    doing="put recommendations to the partners",
    stages=frozenset({Stage.LOCAL_REVIEW}),
    entry=EntryType.RECOMMENDATIONS_PUT,
    kept=RecommendationsPut,
    todo=Todo.DEVELOP_RECOMMENDATIONS,
    shows=SAYING,
    is_offered=has_unendorsed,
    section=Section.DRAFT_REPORT,
    holds_family_data=True,
    is_joint=True,
)


def must_be_endorsed(work: UnitOfWork, case: Case) -> tuple[RecommendationPut, ...]:
    """Return what is endorsed; refuse none at all, and one that is not endorsed (PUB-18, G9)."""
    must_read_all(work, case)
    if waiting := unendorsed(work, case):
        numbers = ", ".join(str(one.number) for one in waiting)
        raise RuleBroken(
            f"The partners have not endorsed each recommendation as it stands (PUB-18): {numbers}. "
            "Put it to them, or drop it, before the report goes to them."
        )
    endorsed = endorsed_recommendations(work, case)
    if not endorsed:
        raise RuleBroken(
            in_own_words(
                "The partners have endorsed no recommendation yet (PUB-18): a reviewer or the "
                "review team proposes them, the review group develops them, and the partners "
                "endorse each."
            )
        )
    return endorsed


def end_recommending(work: UnitOfWork, case: Case) -> None:
    """Ask for no recommendation any more: the report is signed with those that are endorsed."""
    close_todos(work, case, Todo.PROPOSE_RECOMMENDATIONS, Todo.DEVELOP_RECOMMENDATIONS)
    ask_no_more(work, case, MATTER)
