"""PUB-01, PUB-18: recommendations are proposed, developed, and endorsed before they are stated."""

from dataclasses import replace

import pytest

from services.casework.act import record_entry
from services.casework.steps.local_review.draft_report import SUBMIT_DRAFT, submit_draft
from services.casework.steps.local_review.draft_said import DraftSubmitted
from services.casework.steps.local_review.quality_assurance import quality_assure
from services.casework.steps.local_review.recommendations import must_state_endorsed
from services.casework.steps.recommendations.developing import (
    develop_recommendation,
    drop_recommendation,
)
from services.casework.steps.recommendations.endorsement import put_recommendations
from services.casework.steps.recommendations.on_record import recommendation_to_develop
from services.casework.steps.recommendations.proposing import propose_recommendations
from services.casework.steps.recommendations.said import RecommendationDeveloped
from services.casework.steps.sign_off.sign_off import sign_recommendations
from services.database.cases import get_case
from services.database.history import all_of
from services.domain.documents import DocumentKind
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.labels import label
from services.domain.recommendations import RecommendationStanding as Standing
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import ASKED, Driven
from tests.families_at_work import papers
from tests.recommended import (
    develop,
    drop,
    on_record,
    propose,
    put,
    put_all,
    recommend,
    recommended,
)
from tests.reported import ask_and_accept
from tests.reports_prepared import prepare_report
from tests.settled_practitioners import ask_practitioners
from tests.settled_teams import settle_team
from tests.words import SAID
from tests.world import SCHOOL

WHEN, WHY = "2026-05-01", "The learning is about two wards alone."
CHAIR, REVIEWER = Role.REVIEW_GROUP_CHAIR, Role.LEAD_REVIEWER
NO = {"position": "disagrees", "reasons": "Not of us alone."}


@pytest.fixture
def heard(case_at) -> Driven:
    """A case whose agencies' reports are accepted, and on which nothing is recommended yet."""
    case = case_at(Stage.LOCAL_REVIEW)
    prepare_report(case, "2026-04-01")
    return ask_and_accept(case, ASKED, "2026-04-01")


def proposed(case: Driven, *told: dict[str, object]) -> None:
    command = propose(case.agency(), *told)
    case.do(propose_recommendations, command, REVIEWER, WHEN)


def drafted(case: Driven, **but: object) -> None:
    case.do(submit_draft, say.submit_draft(**but), REVIEWER, WHEN)


def assured(case: Driven) -> None:
    """Have the draft go to the partners; what else is asked for it is there."""
    ask_practitioners(case, WHEN)
    settle_team(case, WHEN)
    case.do(quality_assure, say.quality_assure(), CHAIR, WHEN)


def stated(case: Driven) -> list[str]:
    """Return the recommendations that the newest version of the report states."""
    with case.world.act(Role.BUSINESS_MANAGER) as work:
        entry = all_of(work.session, case.case_id, EntryType.DRAFT_SUBMITTED)[-1]
        return [one.text for one in DraftSubmitted.model_validate(entry.command).recommendations]


def standing(case: Driven) -> list[tuple[int, int, Standing]]:
    return [(one.number, one.version, one.standing) for one in on_record(case)]


def todos(case: Driven) -> set[Todo]:
    return {Todo(one.todo) for one in case.turns()}


@pytest.mark.parametrize(
    "told",
    [
        {"addresses": ()},
        {"said_before": None},
        {"said_before": "before"},
        {"by_when": "2026-04-30"},
    ],
)
def test_a_recommendation_that_is_not_clear_is_refused(heard, told):
    """PUB-18: what, of whom, by when, and "have we said this before?" beside each."""
    with pytest.raises(AnswerRefused) as refused:
        proposed(heard, told)
    assert refused.value.field == "recommendations"
    nothing = propose(heard.agency()).model_copy(update={"recommendations": ()})
    with pytest.raises(AnswerRefused, match="at least one"):
        heard.do(propose_recommendations, nothing, REVIEWER, WHEN)


def test_any_number_is_proposed_by_reviewer_or_review_team_and_the_group_asked(heard):
    """PUB-18: each has a number of its own on the case."""
    drafted(heard)
    assert Todo.PROPOSE_RECOMMENDATIONS in todos(heard)
    proposed(heard, {}, {})
    command = propose(heard.agency(), {"said_before": "before", "came_of_it": "In 2024: nothing."})
    heard.do(propose_recommendations, command, CHAIR, WHEN)
    group = Standing.WITH_GROUP
    assert standing(heard) == [(1, 1, group), (2, 1, group), (3, 1, group)]
    assert Todo.PROPOSE_RECOMMENDATIONS not in todos(heard)
    assert Todo.DEVELOP_RECOMMENDATIONS in todos(heard)
    with pytest.raises(NotPermitted):
        heard.do(propose_recommendations, command, Role.BUSINESS_MANAGER, WHEN)


def test_the_review_group_develops_one_version_by_version_and_who_changed_what_is_kept(heard):
    """PUB-18: rec versions; the form opens with the newest words."""
    proposed(heard, {}, {})
    first, second = (one.id for one in on_record(heard))
    for text in ("In other words.", "In better words."):
        said = develop(first, heard.agency(), text=text, others=(heard.agency(SCHOOL),))
        heard.do(develop_recommendation, said, CHAIR, WHEN)
    assert standing(heard) == [(1, 3, Standing.WITH_GROUP), (2, 1, Standing.WITH_GROUP)]
    with heard.world.act(CHAIR, WHEN) as work:
        case = get_case(work.session, heard.case_id)
        opens = recommendation_to_develop(work, case, str(first))
        kept = all_of(work.session, heard.case_id, EntryType.RECOMMENDATION_DEVELOPED)
        said = [RecommendationDeveloped.model_validate(one.command) for one in kept]
        by = {one.person_id for one in kept}
    assert (opens.text, opens.others) == ("In better words.", (heard.agency(SCHOOL),))
    assert [(one.version, one.text) for one in said] == [
        (2, "In other words."),
        (3, "In better words."),
    ]
    assert by == {heard.world.ours.actor(CHAIR).person_id}
    same = develop(second, heard.agency(), text=SAID)
    with pytest.raises(AnswerRefused, match="what is on record"):
        heard.do(develop_recommendation, same, CHAIR, WHEN)
    with pytest.raises(NotPermitted):
        heard.do(develop_recommendation, develop(first, heard.agency()), REVIEWER, WHEN)


def test_the_partners_are_put_them_on_a_paper_that_tells_each_version(heard):
    """PUB-18, G9: as the group gave them their words, and why."""
    proposed(heard, {}, {})
    first, _second = (one.id for one in on_record(heard))
    said = develop(first, heard.agency(), text="In other words.", why="It was too narrow.")
    heard.do(develop_recommendation, said, CHAIR, WHEN)
    heard.do(put_recommendations, put(first), CHAIR, WHEN)
    assert standing(heard) == [(1, 2, Standing.WITH_PARTNERS), (2, 1, Standing.WITH_GROUP)]
    assert Todo.DEVELOP_RECOMMENDATIONS in todos(heard), "the second waits for the group"
    assert Todo.SIGN_RECOMMENDATIONS in todos(heard), "each partner is asked to endorse the first"
    (paper,) = papers(heard, DocumentKind.RECOMMENDATIONS)
    _endorsed, _considered, versions = paper.sections
    assert [(row[0], row[1], *row[4:]) for row in versions.table.rows] == [
        ("1", "1", SAID, "Proposed"),
        ("1", "2", "In other words.", "It was too narrow."),
    ]
    assert versions.table.rows[1][3].endswith(label(CHAIR))
    with pytest.raises(AnswerRefused, match="at least one"):
        heard.do(put_recommendations, put(), CHAIR, WHEN)


def test_a_report_states_what_is_endorsed_and_nothing_else(heard):
    """PUB-18: endorsed by all partners before inclusion."""
    proposed(heard, {"text": "The first."}, {"text": "The second."})
    first, _second = (one.id for one in on_record(heard))
    heard.do(put_recommendations, put(first), CHAIR, WHEN)
    heard.sign(sign_recommendations, WHEN, Seat.POLICE, Seat.LOCAL_AUTHORITY)
    drafted(heard)
    assert stated(heard) == []
    heard.sign(sign_recommendations, WHEN, Seat.INTEGRATED_CARE_BOARD)
    assert standing(heard) == [(1, 1, Standing.ENDORSED), (2, 1, Standing.WITH_GROUP)]
    assert Todo.SUBMIT_DRAFT in todos(heard), "the report is written again"
    drafted(heard)
    assert stated(heard) == ["The first."]
    with pytest.raises(AnswerRefused, match="still to be endorsed"):
        heard.do(put_recommendations, put(first), CHAIR, WHEN)


def test_a_draft_is_not_put_forward_with_a_recommendation_that_is_not_endorsed(heard):
    """PUB-18, G9: none at all, one that waits, one that changed, and a version from before."""
    drafted(heard)
    with pytest.raises(RuleBroken, match="endorsed no recommendation"):
        assured(heard)
    proposed(heard, {"text": "The first."}, {"text": "The second."})
    first, second = (one.id for one in on_record(heard))
    heard.do(put_recommendations, put(first), CHAIR, WHEN)
    heard.sign(sign_recommendations, WHEN)
    with pytest.raises(RuleBroken, match=r"as it stands \(PUB-18\): 2"):
        assured(heard)
    heard.do(drop_recommendation, drop(second), CHAIR, WHEN)
    with pytest.raises(RuleBroken, match="does not state"):
        assured(heard)
    drafted(heard)
    heard.do(develop_recommendation, develop(first, heard.agency()), CHAIR, WHEN)
    with pytest.raises(RuleBroken, match=r"as it stands \(PUB-18\): 1"):
        assured(heard)
    recommend(heard, WHEN)
    with pytest.raises(RuleBroken, match="does not state"):
        assured(heard)
    drafted(heard)
    assured(heard)
    assert Todo.SIGN_REPORT in todos(heard)


def test_where_a_partner_does_not_endorse_one_the_group_develops_it_on(heard):
    """PUB-18, GOV-11: no majority endorses; what was refused is dropped or put again."""
    put_all(heard, WHEN, {"text": "The first."})
    heard.sign(sign_recommendations, WHEN, Seat.POLICE, **NO)
    assert Todo.DEVELOP_RECOMMENDATIONS in todos(heard)
    heard.sign(sign_recommendations, WHEN, Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD)
    assert standing(heard) == [(1, 1, Standing.WITH_GROUP)]
    (one,) = on_record(heard)
    said = develop(one.id, heard.agency(), text="Of two.", others=(heard.agency(SCHOOL),))
    heard.do(develop_recommendation, said, CHAIR, WHEN)
    recommend(heard, WHEN)
    assert standing(heard) == [(1, 2, Standing.ENDORSED)]
    assert not todos(heard) & {Todo.DEVELOP_RECOMMENDATIONS, Todo.SIGN_RECOMMENDATIONS}
    drafted(heard)
    assert stated(heard) == ["Of two."]


def test_an_endorsed_recommendation_that_is_dropped_leaves_the_report(heard):
    """PUB-18: its next version states it no more."""
    recommend(heard, WHEN, {"text": "The first."}, {"text": "The second."})
    drafted(heard)
    first, _second = (one.id for one in on_record(heard))
    heard.do(drop_recommendation, drop(first), CHAIR, WHEN)
    assert Todo.SUBMIT_DRAFT in todos(heard)
    drafted(heard)
    assert stated(heard) == ["The second."]


def test_the_reviewer_endorses_nothing_in_whichever_seat(heard):
    """PUB-18: a lead reviewer decides on no recommendation of their own."""
    put_all(heard, WHEN)
    reviewer = heard.world.ours.actor(REVIEWER)
    partner = replace(reviewer, role=Role.SAFEGUARDING_PARTNER, seat=Seat.POLICE)
    with pytest.raises(RuleBroken, match="their own report"):
        heard.do(sign_recommendations, say.sign(), partner, WHEN)


@pytest.mark.parametrize("one_alone", ["practice", "system_leadership"])
def test_a_report_addresses_practice_and_leadership_or_says_why_not(heard, one_alone):
    """PUB-01: practice and system leadership are addressed, or it is said why only one of them."""
    recommend(heard, WHEN, {"addresses": (one_alone,)})
    with pytest.raises(AnswerRefused) as refused:
        drafted(heard)
    assert refused.value.field == "one_alone"
    drafted(heard, one_alone=WHY)


def test_two_recommendations_may_share_what_is_addressed(heard):
    """PUB-01: all of them together are looked at."""
    recommend(heard, WHEN, {"addresses": ("practice",)}, {"addresses": ("system_leadership",)})
    drafted(heard)


def test_a_version_from_before_keeps_the_recommendations_that_were_written_into_it(heard):
    """PUB-18: an entry from before is read as it was, and its next version is asked for."""
    recommend(heard, WHEN)
    stated_then = ({"part": "Period", "words": "January 2024"},)
    old = DraftSubmitted(
        **dict(say.submit_draft()),
        terms=stated_then,
        recommendations=(recommended(heard.agency(), text="Of old."),),
    )
    with heard.world.act(REVIEWER, WHEN) as work:
        case = get_case(work.session, heard.case_id)
        case.report_version = 1
        work.session.add(case)
        record_entry(work, case, SUBMIT_DRAFT, old, subject="1")
    assert stated(heard) == ["Of old."]
    with heard.world.act(CHAIR, WHEN) as work, pytest.raises(RuleBroken, match="does not state"):
        must_state_endorsed(work, get_case(work.session, heard.case_id))
