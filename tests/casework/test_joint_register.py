"""The register of other proceedings in a joint review: whose it is, and who reads it."""

from dataclasses import replace

import pytest

from services.casework.steps.other_reviews import liaison, requirements
from services.casework.steps.police_marks import police_marks
from services.casework.steps.sign_off.sign_off import SIGN_RAPID_REVIEW
from services.database.cases import get_case
from services.database.history import all_of
from services.domain.entry_types import EntryType, Section
from services.domain.joint_changes import JointChange
from services.domain.police_marks import ListedSeat
from services.domain.roles import Role, Seat
from services.web.view_models.other_reviews import register_beside
from tests.joint_changes import Changing, put_to_both
from tests.marked import Marked
from tests.police_factories import mark_sensitive
from tests.process_factories import (
    list_requirements,
    record_liaison,
)
from tests.road_of_the_register import keep_register, on_register

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
LISTED = (ListedSeat.POLICE, ListedSeat.BUSINESS_MANAGER)


def registered(several: Changing) -> None:
    """Have the lead keep a register, with what a lawyer advised."""
    keep_register(several.driven, several.when)
    advice = record_liaison(whom="legal_adviser", outcome="Privileged.")
    several.driven.do(liaison.record_liaison, advice, MANAGER, several.when)


def there(several: Changing) -> Marked:
    """Return the other side's case of the review, as its own people act on it."""
    swapped = replace(several.world, ours=several.theirs, theirs=several.world.ours)
    return Marked.of(swapped, several.theirs_case)


def mark(case: Marked, kind: EntryType, when: str) -> None:
    """Have the manager of the case's partnership hold back the newest entry of the type."""
    said = mark_sensitive(about=case.entry(kind), section=None, seats=LISTED, fellows=True)
    case.do(police_marks.mark_sensitive, said, MANAGER, when)


@pytest.fixture
def lead(ready_by) -> Changing:
    """A joint review of which the lead keeps a register; each side shows the other all."""
    return ready_by(put_to_both, Changing.shared_back, registered)


def test_a_new_lead_has_the_register_and_not_the_former_leads_legal_advice(lead):
    """LC-20, PAR-03: what was agreed and is required stands; advice stays with its client."""
    (before,) = on_register(lead.driven)
    lead.change_lead()
    theirs = there(lead)
    (after,) = on_register(theirs)
    assert (after.id, after.said, after.requirements) == (
        before.id,
        before.said,
        before.requirements,
    )
    with lead.world.act(lead.theirs.actor(MANAGER), lead.when) as work:
        known = all_of(work.session, lead.theirs_case, EntryType.LIAISON_RECORDED)
        assert [one.section for one in known] == [Section.TERMS]
    met = tuple({"requirement": one.requirement, "met_by": "4"} for one in after.requirements)
    listed = list_requirements(after.id, requirements=met)
    theirs.do(requirements.list_requirements, listed, MANAGER, lead.when)
    assert [one.unmet for one in on_register(theirs)] == [0]


def test_what_a_mark_hides_of_the_register_is_hidden_on_the_new_leads_case(lead):
    for kind in (EntryType.PROCESS_CHANGED, EntryType.REQUIREMENTS_LISTED):
        mark(Marked.of(lead.world, lead.case_id), kind, lead.when)
    lead.change_lead()
    theirs = there(lead)
    assert on_register(theirs, CHAIR) == ()
    assert EntryType.REQUIREMENTS_LISTED not in theirs.read_by(CHAIR)
    assert EntryType.REQUIREMENTS_LISTED in theirs.read_by(theirs.police())
    assert len(on_register(theirs)) == 1


def test_a_mark_of_a_lead_between_is_kept_where_the_lead_comes_back(lead):
    """The entry it is on was handed over: it is the same one on each lead's case."""
    lead.change_lead()
    mark(there(lead), EntryType.PROCESS_CHANGED, lead.when)
    assert len(on_register(lead.driven, CHAIR)) == 1
    lead.say_change_there(JointChange.NEW_LEAD)
    lead.settle(lead.theirs_case)
    lead.say_answer_here()
    lead.settle()
    lead.settle(lead.theirs_case)
    assert lead.leads(lead.world.ours, lead.case_id)
    assert on_register(lead.driven, CHAIR) == ()
    assert len(on_register(lead.driven)) == 1


def test_who_joins_signs_with_the_leads_register_in_sight(lead):
    """LC-20, PAR-03: the register that counts is the lead's, as it is shown; advice is not."""
    act = SIGN_RAPID_REVIEW
    with lead.world.act(lead.theirs.partner(Seat.POLICE), lead.when) as work:
        case = get_case(work.session, lead.theirs_case)
        view = register_beside(work, act, case)
        assert view is not None
        assert (view.led_elsewhere, view.processes) == (True, ())
        assert [one.name for one in view.of_lead] == ["Safeguarding adult review: SAR-7"]
        assert len(view.contacts_of_lead) == 1
        assert "Privileged." not in str(view)
        assert {one.case_id for one in view.entries_of_lead} == {lead.case_id}
    with lead.world.act(MANAGER, lead.when) as work:
        ours = register_beside(work, act, get_case(work.session, lead.case_id))
    assert ours is not None
    assert (ours.led_elsewhere, len(ours.processes)) == (False, 1)
