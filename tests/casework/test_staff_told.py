"""PUB-22: senior managers of each agency tell its practitioners of the day of publication."""

import pytest

from services.casework.steps.publication import pre_publication, publication, staff_told
from services.casework.steps.sign_off import sign_off
from services.database.outbox import case_emails
from services.domain.emails import EmailTrigger
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from tests import factories as say
from tests.communications_factories import confirm_staff_told, record_staff_told, tell_staff
from tests.driven import Driven
from tests.families_at_work import papers
from tests.kept import Traces
from tests.world import HOSPITAL, PROBATION, SCHOOL

MANAGER, AGENCY = Role.BUSINESS_MANAGER, Role.AGENCY_LEAD
PLANNED, SENT = "2026-06-08", "2026-06-24"
NOT_TOLD = {"were_told": False, "told_on": None, "told_by": None, "support": None}


@pytest.fixture
def approved(case_at) -> Driven:
    """A case whose day of publication the partners approve, two agencies of which reported."""
    case = case_at(Stage.PUBLICATION)
    case.do(publication.plan_publication, say.plan_publication(), MANAGER, PLANNED)
    return case.sign(sign_off.sign_publication, PLANNED)


def asked(case: Driven) -> list:
    return sorted(one.subject for one in case.turns() if one.todo == "confirm_staff_told")


def test_each_agency_is_asked_and_confirms_for_itself(approved, left_by):
    """PUB-22: its own word, by a senior manager, with the support; the last one makes a paper."""
    assert asked(approved) == sorted(str(approved.agency(one)) for one in (HOSPITAL, SCHOOL))
    act = staff_told.confirm_staff_told
    with pytest.raises(AnswerRefused, match="in the future"):
        approved.do(act, confirm_staff_told(told_on="2026-06-09"), AGENCY, PLANNED)
    left = left_by(approved, act, confirm_staff_told(), who=AGENCY, when=PLANNED)
    assert left == Traces(entries=["staff_told"], closed=["confirm_staff_told | hospital"])
    assert asked(approved) == [str(approved.agency(SCHOOL))]
    with pytest.raises(RuleBroken, match="Not confirmed for"):
        approved.do(pre_publication.pre_send, say.pre_send(), MANAGER, SENT)
    last = record_staff_told(approved.agency(SCHOOL))
    left = left_by(approved, staff_told.record_staff_told, last, who=MANAGER, when=PLANNED)
    assert left.ordered == ["publish | staff_confirmations | v1"]
    (paper,) = papers(approved, "staff_confirmations")
    said_by = {one.heading: one.answers[-1].text for one in paper.sections}
    assert sorted(said_by.values()) == sorted([last.source, "The agency itself"])
    approved.do(pre_publication.pre_send, say.pre_send(), MANAGER, SENT)


def test_an_agency_is_told_by_email_that_its_practitioners_are_to_be_told(approved):
    """PUB-22, G10: by the last day to send the text; who has no account is let in by address."""
    with approved.world.act(MANAGER, PLANNED) as work:
        told = [
            (one.content["todo"], one.content["due"])
            for one in case_emails(work.session, approved.case_id)
            if one.event is EmailTrigger.STAFF_TO_BE_TOLD
        ]
    assert told == [(Todo.CONFIRM_STAFF_TOLD, "2026-06-24")] * 2
    with pytest.raises(RuleBroken, match="Record how an agency's practitioners were told"):
        approved.do(pre_publication.pre_send, say.pre_send(), MANAGER, SENT)


def test_nobody_was_told_of_a_day_before_it_was_set(approved):
    """PUB-22: neither by the agency's own word nor by what is recorded for it."""
    record, confirm = staff_told.record_staff_told, staff_told.confirm_staff_told
    school = record_staff_told(approved.agency(SCHOOL), told_on="2026-06-07")
    for act, said, who in (
        (confirm, confirm_staff_told(told_on="2020-01-01"), AGENCY),
        (record, school, MANAGER),
    ):
        with pytest.raises(AnswerRefused, match="was set on Mon 8 Jun 2026") as found:
            approved.do(act, said, who, PLANNED)
        assert found.value.field == "told_on"


def test_what_an_agency_says_elsewhere_is_recorded_whole(approved):
    """PUB-22: who says so and when; where nobody was told, why publication does not wait."""
    act, agency = staff_told.record_staff_told, approved.agency(SCHOOL)
    for field in ("told_on", "told_by", "support"):
        with pytest.raises(AnswerRefused) as found:
            approved.do(act, record_staff_told(agency, **{field: None}), MANAGER, PLANNED)
        assert found.value.field == field
    with pytest.raises(AnswerRefused) as found:
        approved.do(act, record_staff_told(agency, **NOT_TOLD), MANAGER, PLANNED)
    assert found.value.field == "why_not"
    with pytest.raises(AnswerRefused, match="asked to report"):
        approved.do(act, record_staff_told(approved.agency(PROBATION)), MANAGER, PLANNED)
    why = record_staff_told(agency, **NOT_TOLD, why_not="The school has closed.")
    approved.do(act, why, MANAGER, PLANNED)
    approved.do(staff_told.confirm_staff_told, confirm_staff_told(), AGENCY, PLANNED)
    (paper,) = papers(approved, "staff_confirmations")
    told = [answer.text for one in paper.sections for answer in one.answers]
    assert "The school has closed." in told


def test_of_another_day_practitioners_are_told_anew(approved):
    """PUB-22: what was said of the day before counts no longer."""
    tell_staff(approved, PLANNED)
    assert asked(approved) == []
    moved = say.plan_publication(publish_on="2026-07-10")
    approved.do(publication.plan_publication, moved, MANAGER, "2026-06-15")
    approved.sign(sign_off.sign_publication, "2026-06-15")
    assert len(asked(approved)) == 2
    with pytest.raises(RuleBroken, match="PUB-22"):
        approved.do(pre_publication.pre_send, say.pre_send(), MANAGER, SENT)
    tell_staff(approved, "2026-06-16").do(pre_publication.pre_send, say.pre_send(), MANAGER, SENT)
