"""PUB-19: practitioners who took part say whether the draft is right, before it is final."""

import pytest

from services.casework.steps.learning_event import conversations
from services.casework.steps.learning_event.feedback import (
    RecordPractitionerFeedback,
    record_practitioner_feedback,
)
from services.casework.steps.local_review.draft_report import submit_draft
from services.casework.steps.local_review.quality_assurance import quality_assure
from services.casework.steps.sign_off.sign_off import SIGN_REPORT
from services.database.cases import get_case
from services.domain.errors import AnswerRefused, StepNotOpen
from services.domain.roles import Role
from services.domain.workflow import Stage
from services.web.view_models.said_before import said_before
from tests import factories as say
from tests.driven import Driven
from tests.feedback_factories import practitioner_feedback
from tests.kept import Traces
from tests.learning_factories import POST, hold_learning_event, record_conversation
from tests.team_factories import meet_as_team
from tests.world import HOSPITAL, SCHOOL

CHAIR, REVIEWER, PARTNER = (
    Role.REVIEW_GROUP_CHAIR,
    Role.LEAD_REVIEWER,
    Role.SAFEGUARDING_PARTNER,
)
WHEN = "2026-05-02"


def drafted(case: Driven) -> None:
    """The event was held, and a draft is submitted."""
    meet_as_team(case)
    hold_learning_event(case).report()
    draft(case)


def draft(case: Driven) -> None:
    command = say.submit_draft()
    case.do(submit_draft, command, REVIEWER, "2026-05-01")


def assure(case: Driven) -> None:
    case.do(quality_assure, say.quality_assure(), CHAIR, WHEN)


def answer(case: Driven, command: RecordPractitionerFeedback) -> None:
    case.do(record_practitioner_feedback, command, REVIEWER, WHEN)


def refused(field: str, act, *args) -> str:
    with pytest.raises(AnswerRefused) as found:
        act(*args)
    assert found.value.field == field
    return str(found.value)


@pytest.fixture
def case(case_at) -> Driven:
    return case_at(Stage.LOCAL_REVIEW, drafted)


def test_no_draft_goes_to_the_partners_before_who_took_part_was_asked(case, left_by):
    """PUB-19: whoever came to the event, or was heard in its place, is asked by agency."""
    school = record_conversation(case.agency(SCHOOL))
    case.do(conversations.record_conversation, school, REVIEWER, WHEN)
    says = refused("ready", assure, case)
    assert says.endswith(f"(PUB-19): {HOSPITAL}, {SCHOOL}.")
    said = practitioner_feedback(case.agency(), asked_on=WHEN)
    left = left_by(case, record_practitioner_feedback, said, who=REVIEWER, when=WHEN)
    assert left == Traces(entries=["practitioners_answered"])
    assert HOSPITAL not in refused("ready", assure, case)
    answer(case, practitioner_feedback(case.agency(SCHOOL), asked_on=WHEN))
    assure(case)


def test_a_change_that_is_promised_comes_in_another_version(case):
    """PUB-19: what is changed is in the version that the partners sign."""
    changed = {
        "agency": case.agency(),
        "post": POST,
        "remark": "The visit was in March.",
        "answer": "changed",
        "words": "It says so in the next version.",
    }
    answer(case, practitioner_feedback(case.agency(), asked_on=WHEN, remarks=(changed,)))
    assert "another version" in refused("ready", assure, case)
    draft(case)
    assure(case)


def test_it_says_who_was_asked_when_and_why_nobody_remarked(case):
    """PUB-19: an empty log is no feedback."""
    agency, later = case.agency(), {"asked_on": "2026-05-03"}
    refused("asked_on", answer, case, practitioner_feedback(agency, **later))
    refused("asked_on", answer, case, practitioner_feedback(agency, asked_on=None))
    refused("shared", answer, case, practitioner_feedback(agency, shared=None))
    before = practitioner_feedback(agency, asked_on="2026-04-30")
    assert "first draft" in refused("asked_on", answer, case, before)
    refused("agencies", answer, case, practitioner_feedback(agency, agencies=()))
    elsewhere = practitioner_feedback(agency, agencies=(case.agency(SCHOOL),))
    refused("agencies", answer, case, elsewhere)
    refused("no_remark", answer, case, practitioner_feedback(agency, remarks=()))
    refused("no_remark", answer, case, practitioner_feedback(agency, no_remark="They agree."))
    answer(case, practitioner_feedback(agency, remarks=(), no_remark="They agree."))
    assure(case)


def test_who_signs_the_report_reads_what_practitioners_said_of_it(case):
    """PUB-19: each partner has it before them."""
    answer(case, practitioner_feedback(case.agency(), practice="Supervision makes it stick."))
    assure(case)
    with case.world.act(PARTNER, WHEN) as work:
        told = said_before(work, SIGN_REPORT, get_case(work.session, case.case_id))
    assert "Supervision makes it stick." in {said.text for one in told for said in one.said}


def test_who_is_not_asked_has_a_reason_that_who_signs_reads(case):
    """PUB-19: practitioners have left, or decline; one of whom nobody took part is refused."""

    def left_out(*agencies: str, **said: object) -> RecordPractitionerFeedback:
        rows = tuple({"agency": case.agency(one), "why": "Has left."} for one in agencies)
        return RecordPractitionerFeedback.model_validate({"not_asked": rows, **said})

    refused("agencies", answer, case, left_out())
    refused("agencies", answer, case, left_out(HOSPITAL, shared="In writing."))
    refused("not_asked", answer, case, left_out(SCHOOL))
    refused("not_asked", answer, case, left_out(HOSPITAL, HOSPITAL))
    refused("not_asked", answer, case, left_out(HOSPITAL, agencies=(case.agency(),)))
    refused("ready", assure, case)
    answer(case, left_out(HOSPITAL))
    assure(case)
    with case.world.act(PARTNER, WHEN) as work:
        told = said_before(work, SIGN_REPORT, get_case(work.session, case.case_id))
    assert "Has left." in str(told)


def test_nobody_is_asked_where_nobody_took_part(case_at):
    """PUB-19: a method without an event or conversations asks no practitioner."""
    case = case_at(Stage.LOCAL_REVIEW)
    with pytest.raises(StepNotOpen, match="no draft"):
        answer(case, practitioner_feedback(case.agency()))
    case.report()
    draft(case)
    assure(case)
