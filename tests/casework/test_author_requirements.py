"""What is required of the author is a paper for candidates, once the partners endorsed it."""

import pytest

from services.casework.steps.local_review.author_requirements import (
    draw_up_requirements,
    record_candidate,
)
from services.casework.steps.sign_off import sign_off
from services.domain.documents import DocumentKind
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import oversight_factories as say
from tests.kept import Traces
from tests.papers import papers_of
from tests.put_terms import put_terms

MANAGER, WHEN, NEXT = Role.BUSINESS_MANAGER, "2026-02-02", "2026-02-03"
REQUIRED = "Has led two reviews of neglect."


def test_candidates_are_told_what_the_partners_endorsed_and_nothing_of_the_case(case_at, left_by):
    """LC-03, Doc 7: the paper is made of endorsed requirements, and it is kept who was given it."""
    case = case_at(Stage.COMMISSIONING)
    with pytest.raises(StepNotOpen, match="no author requirements"):
        case.do(record_candidate, say.record_candidate(), MANAGER, WHEN)
    put_terms(case, WHEN, author_requirements=REQUIRED)
    with pytest.raises(StepNotOpen, match="endorse"):
        case.do(draw_up_requirements, say.draw_up_requirements(), MANAGER, WHEN)
    case.sign(sign_off.sign_terms, WHEN)
    today = say.draw_up_requirements(answer_by=WHEN)
    with pytest.raises(AnswerRefused, match="to come"):
        case.do(draw_up_requirements, today, MANAGER, WHEN)
    said = say.draw_up_requirements(fee="Ten days.")
    left = left_by(case, draw_up_requirements, said, who=MANAGER, when=WHEN)
    assert left == Traces(
        entries=["author_requirements_drawn_up"],
        ordered=["commission | author_requirements | v1"],
    )
    (paper,) = (one for one in papers_of(case) if one.kind is DocumentKind.AUTHOR_REQUIREMENTS)
    first, work = paper.sections
    assert first.paragraphs == (REQUIRED,)
    assert [one.label for one in work.answers] == [
        "What the author delivers", "Milestones", "Handling of information", "Fee",
    ]  # fmt: skip
    early = say.record_candidate(handed_on="2026-02-01")
    with pytest.raises(AnswerRefused, match="since the requirements"):
        case.do(record_candidate, early, MANAGER, NEXT)
    left = left_by(case, record_candidate, say.record_candidate(), who=MANAGER, when=NEXT)
    assert left == Traces(entries=["candidate_recorded"])
