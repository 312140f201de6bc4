"""What was shared with the family of the reasons and the learning is on record, or why not."""

import pytest

from services.casework.steps.family_told import record_family_told, still_to_tell
from services.casework.steps.rapid_review.local_course import propose_local_course
from services.casework.steps.rapid_review.supplement import supplement_review
from services.casework.steps.review_request import request_consideration
from services.casework.steps.sign_off.sign_off import sign_rapid_review, sign_request
from services.database.history import all_of
from services.domain.entry_types import EntryType, Section
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.family import SharedWithFamily
from services.domain.roles import Role
from services.domain.workflow import LocalCourse, PanelAnswer, Stage
from services.web.act_pages import notification
from services.web.act_pages.learning import PAGES
from tests import panel_factories as say
from tests.driven import Driven
from tests.log_factories import consider_request
from tests.logged import a_request

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
WHEN, LATER = "2026-02-02", "2026-02-03"
NOT_DONE = dict.fromkeys(("shared_on", "with_whom", "by_whom", "how", "said"))


def tell(case: Driven, when: str = WHEN, **but: object) -> None:
    said = say.record_family_told(**{"shared_on": "2025-12-15"} | but)
    case.do(record_family_told, said, MANAGER, when)


def untold(case: Driven) -> set[SharedWithFamily]:
    with case.world.act(CHAIR, WHEN) as work:
        return set(still_to_tell(work, case.row()))


def on_close_page(case: Driven) -> str:
    (close,) = (one for one in PAGES if one.act.name == "close")
    assert close.note is not None
    with case.world.act(CHAIR, WHEN) as work:
        return close.note(work, case.row())


@pytest.fixture
def decided(case_at) -> Driven:
    """The partners have decided to share both with the family, and the review has gone."""
    return case_at(Stage.WITH_PANEL)


def test_it_is_on_record_when_by_whom_how_and_what_they_said(decided):
    """DEC-14, RR-33: as family data; what is not recorded yet stays told where it is closed."""
    assert untold(decided) == {SharedWithFamily.LEARNING, SharedWithFamily.REASONS}
    tell(decided)
    assert untold(decided) == {SharedWithFamily.LEARNING}
    assert "not on record as done: the learning from the review." in on_close_page(decided)
    tell(decided, what="learning", was_shared=False, **NOT_DONE, why_not="They moved away.")
    assert (untold(decided), on_close_page(decided)) == (set(), "")
    with decided.world.act(CHAIR, WHEN) as work:
        first, second = all_of(work.session, decided.case_id, EntryType.FAMILY_TOLD)
        assert first.section is Section.INTERNAL
        assert first.command["said"] == "She asked for the report."
        assert (second.subject, second.command["why_not"]) == ("learning", "They moved away.")


def test_a_decision_that_is_taken_again_is_told_again_once_all_agree(decided):
    """DEC-14: the reasons that were told are no longer those of the decision in force."""
    tell(decided)
    decided.do(supplement_review, say.supplement_review(), CHAIR, WHEN)
    decided.propose(when=WHEN)
    assert untold(decided) == {SharedWithFamily.LEARNING}, "what waits is in force for nobody"
    decided.sign(sign_rapid_review, LATER)
    assert untold(decided) == {SharedWithFamily.LEARNING, SharedWithFamily.REASONS}


def test_a_proposal_that_waits_hides_nothing_that_was_decided_to_be_told(decided):
    """DEC-14, RR-33: what nobody agreed to takes the place of no decision."""
    decided.do(supplement_review, say.supplement_review(), CHAIR, WHEN)
    decided.propose(when=WHEN, shares_reasons=False, shares_learning=False)
    assert untold(decided) == {SharedWithFamily.LEARNING, SharedWithFamily.REASONS}
    decided.sign(sign_rapid_review, LATER)
    assert untold(decided) == set()


def test_the_course_of_a_local_review_hides_no_reasons_of_the_decision_on_it(decided):
    """DEC-14: each is decided, and told, for itself."""
    decided.answer(PanelAnswer.RUNS_NATIONAL)
    for shares, when in ((False, WHEN), (True, LATER)):
        course = say.propose_local_course(LocalCourse.GOES_ON, shares_reasons=shares)
        decided.do(propose_local_course, course, CHAIR, when)
        decided.sign(sign_rapid_review, when)
        assert SharedWithFamily.REASONS in untold(decided)
        tell(decided, when)
        assert untold(decided) == {SharedWithFamily.LEARNING}


def test_nothing_is_told_before_it_is_decided(case_at):
    """DEC-14: the reasons are those of a decision."""
    case = case_at(Stage.RAPID_REVIEW)
    with pytest.raises(StepNotOpen, match="decide first"):
        tell(case)


def test_who_closes_a_refused_request_reads_that_its_reasons_are_not_on_record_as_told(world):
    """DEC-14, NOT-25: it is decided and told as any other decision on a local review."""
    case, when = Driven.of(world, a_request(world)), "2025-12-15"
    (page,) = (one for one in notification.PAGES if one.act.name == "close_unreviewed")
    assert page.note is not None
    said = []
    for act in (put_request, sign_request_of, tell):
        act(case, when)
        with world.act(CHAIR, when) as work:
            said.append(page.note(work, case.row()))
    assert (said[0], said[2]) == ("", "")
    assert "not on record as done: the reasons for the decision" in said[1]


def put_request(case: Driven, when: str) -> None:
    recommended = consider_request(decision="no_review")
    case.do(request_consideration.consider_request, recommended, CHAIR, when)


def sign_request_of(case: Driven, when: str) -> None:
    case.sign(sign_request, when)


@pytest.mark.parametrize(
    ("field", "but"),
    [
        ("shared_on", {"shared_on": None}),
        ("shared_on", {"shared_on": "2026-02-03"}),
        ("with_whom", {"with_whom": None}),
        ("by_whom", {"by_whom": None}),
        ("how", {"how": None}),
        ("why_not", {"why_not": "They moved away."}),
        ("why_not", {"was_shared": False, **NOT_DONE}),
        ("how", {"was_shared": False, **NOT_DONE, "how": "In a letter", "why_not": "None."}),
    ],
)
def test_what_is_said_of_it_is_whole_and_of_one_mind(decided, field, but):
    """DEC-14: when, with whom, by whom and how; or why not."""
    with pytest.raises(AnswerRefused) as refused:
        tell(decided, **but)
    assert refused.value.field == field
