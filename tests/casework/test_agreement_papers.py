"""Papers of what was agreed: which partnership leads (RR-28), and without a meeting (RR-47)."""

from datetime import date
from typing import Any

import pytest

from services.casework.steps.agreements_logged import LOG_AGREEMENTS
from services.casework.steps.attendance import attendees, record_agreement
from services.casework.steps.sign_off.sign_off import SIGN_RAPID_REVIEW
from services.database.history import last_fact
from services.domain.documents import Paper
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Role, Seat
from services.domain.workflow import Stage
from tests.attendance_factories import answer_record, name_attendees
from tests.driven import Driven
from tests.families_at_work import papers
from tests.joint import over_there
from tests.joint_changes import Changing
from tests.joint_publishing import Publishing
from tests.kept import Traces
from tests.process_factories import log_agreements

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
KIND = "lead_agreement"
WHEN = "2026-01-08"
TO_COME = date(2025, 12, 17)


class Agreeing(Publishing, Changing):
    """A joint review whose two sides agree on who leads it."""

    def agreements(self) -> tuple[list[str], list[str]]:
        """Return what the papers about it say, here and over there."""
        return self.desk().read(self.case_id, KIND), self.papers(KIND)


@pytest.fixture
def joint(ready_by) -> Agreeing:
    return ready_by(Agreeing)


def test_an_accepted_invitation_is_an_agreement_on_the_record_of_both(joint):
    """RR-28, RR-29: who leads and why, with a named person of each side and the day."""
    joint.invited(JointPart.JOINTLY_DECIDING, lead_reasons="The child lives here.")
    assert joint.agreements() == ([], []), "nothing is agreed yet"
    joint.answer(joint.theirs_case, JointAnswer.ACCEPTED, reasons="We agree on the lead.")
    joint.at(joint.when)
    for (said,) in joint.agreements():
        told = " ".join(said.split())
        for words in ("The child lives here.", "We agree on the lead.", "16 December 2025"):
            assert words in told
        for person in ("business.manager", "review.group.chair"):
            assert person in told


@pytest.mark.parametrize("answer", [JointAnswer.ASKED, JointAnswer.DECLINED])
def test_what_is_not_accepted_is_no_agreement(answer, joint):
    """RR-28: a question, or a no, agrees on nobody."""
    joint.invited()
    joint.answer(joint.theirs_case, answer)
    joint.at(joint.when)
    assert joint.agreements() == ([], [])


def test_the_paper_stands_in_the_case_that_joins(joint):
    """RR-28: not in the one that was opened for the invitation, which ends."""
    own = over_there(joint)
    opened = joint.invited()
    joint.answer(opened, JointAnswer.ACCEPTED, own_case=own.row().reference)
    joint.settle(own.case_id)
    desk = joint.desk_theirs()
    assert len(desk.read(own.case_id, KIND)) == 1
    assert desk.read(opened, KIND) == []


def test_another_lead_is_agreed_on_in_a_paper_of_both_as_well(joint):
    """RR-28, rules.md 4: who proposed it, who agreed, and why; the paper before stays."""
    joint.begun()
    joint.shared_back()
    joint.change_lead()
    joint.at(joint.when)
    for said in joint.agreements():
        assert len(said) == 2
        told = " ".join(said[-1].split())
        for words in ("The child lives there.", "We agree.", "Leads from then on"):
            assert words in told


@pytest.fixture
def decided(case_at) -> Driven:
    """A rapid review that all partners have signed, and that the Panel has."""
    return case_at(Stage.WITH_PANEL)


def logged(case: Driven, **said: Any) -> Paper:
    """Return the log as it is made then."""
    case.do(LOG_AGREEMENTS.perform, log_agreements(**said), MANAGER, WHEN)
    return papers(case, "agreement_log")[-1]


def rows(paper: Paper, heading: str) -> tuple[tuple[str, ...], ...]:
    """Return the rows of the table under the heading."""
    (part,) = (one for one in paper.sections if one.heading == heading)
    assert part.table is not None
    return part.table.rows


def cells(paper: Paper, heading: str) -> set[str]:
    """Return what stands in the table under the heading."""
    return {cell for row in rows(paper, heading) for cell in row}


def test_the_log_tells_each_partners_own_signature_and_what_was_agreed_beside(decided, left_by):
    """RR-47, GOV-11: with the day of each, and the position that it is."""
    left = left_by(decided, LOG_AGREEMENTS.perform, log_agreements(), who=MANAGER, when=WHEN)
    assert left == Traces(entries=["agreements_logged"], ordered=["submit | agreement_log | v1"])
    (paper,) = papers(decided, "agreement_log")
    signed = cells(paper, "Sign-off by the safeguarding partners: the rapid review")
    assert len(signed & {"Agrees"}) == 1
    assert "By email" in cells(paper, "Agreed in another way")


def test_nothing_is_logged_of_days_to_come_or_of_nothing(case_at):
    """RR-47: a log tells what was agreed, and not what may be."""
    case = case_at(Stage.RAPID_REVIEW)
    with pytest.raises(AnswerRefused, match="Nothing is agreed"):
        case.do(LOG_AGREEMENTS.perform, log_agreements(beside=()), MANAGER, "2025-12-16")
    (later,) = (one.model_copy(update={"agreed_on": TO_COME}) for one in log_agreements().beside)
    with pytest.raises(AnswerRefused, match="in the future"):
        case.do(LOG_AGREEMENTS.perform, log_agreements(beside=(later,)), MANAGER, "2025-12-16")


def test_the_log_tells_who_agreed_the_record_and_holds_no_later_signature(case_at):
    """RR-47: each who attended answers an email; silence is no agreement, and each day its own."""
    case = case_at(Stage.RAPID_REVIEW)
    hospital, chair = (case.world.ours.actor(one) for one in (Role.AGENCY_LEAD, CHAIR))
    named = name_attendees(hospital.person_id, chair.person_id)
    case.do(attendees.name_attendees, named, MANAGER, "2025-12-22")
    case.meet().propose()
    with case.world.act(MANAGER, WHEN) as work:
        written = last_fact(work.session, case.case_id, EntryType.RECORD_WRITTEN)
        assert written is not None
    case.do(record_agreement.answer_record, answer_record(written.number), CHAIR, "2026-01-05")
    case.sign(SIGN_RAPID_REVIEW.perform, "2026-01-05", Seat.POLICE)
    first = logged(case)
    others = (Seat.LOCAL_AUTHORITY, Seat.INTEGRATED_CARE_BOARD)
    case.sign(SIGN_RAPID_REVIEW.perform, "2026-01-09", *others)
    heading = "Sign-off by the safeguarding partners: the rapid review"
    assert len(rows(papers(case, "agreement_log")[0], heading)) == 1
    assert "Agrees the record" in cells(first, "The record of the rapid review meeting")
    (silent,) = (one.items for one in first.sections if one.heading.startswith("Asked about"))
    assert len(silent) == 1
    case.do(LOG_AGREEMENTS.perform, log_agreements(), MANAGER, "2026-01-09")
    assert len(rows(papers(case, "agreement_log")[-1], heading)) == 3
