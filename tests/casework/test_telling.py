"""Contacts of the directory are told of a last day: the case, the duty and the day, and no link."""

from dataclasses import dataclass
from uuid import UUID

import pytest

from services.casework.directory.contacts import end_contact
from services.casework.directory.entries import EndEntry
from services.casework.effects import EmailContext
from services.casework.effects.emails import enqueue_email_to
from services.casework.engine.email_delivery import deliver
from services.casework.engine.periodic_jobs import remind_all
from services.casework.steps import declaration
from services.database.cases import get_case
from services.domain.directory import ContactRole
from services.domain.emails import EmailTrigger
from services.domain.recipients import Recipient
from services.domain.roles import Role
from services.domain.workflow import Stage
from tests import factories
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.post_office import Office, office, our_world
from tests.world import World

__all__ = ["office", "our_world"]
CONTACTS = {
    ContactRole.DIRECTOR: "director@council.example",
    ContactRole.EXECUTIVE: "executive@council.example",
    ContactRole.REVIEW_GROUP: "group@council.example",
    ContactRole.UNIT_MANAGER: "unit@council.example",
    ContactRole.DATA_PROTECTION_OFFICER: "officer@council.example",
}
NEAR, MISSED = "last_day_near_told", "last_day_missed_told"


def contacts_in(our_world: World) -> dict[ContactRole, UUID]:
    """Put one contact on record for each post that a clock names, from before every case."""
    place = placed(our_world, "2025-06-02", valid_from="2025-06-02")
    said = {"valid_from": "2025-06-02", "verified_on": "2025-06-02"}
    return {
        role: contacted(our_world, place, "2025-06-02", role=role, address=address, **said)
        for role, address in CONTACTS.items()
    }


def told(office: Office, case: Driven, when: str) -> set[tuple[str, str, str]]:
    """Make the round on that day; return who was told what by the rule, and of which duty."""
    office.when = when
    remind_all(office)
    return {
        (one.event.value, one.content["matter"], one.address.partition("@")[0])
        for one in office.emails(case.case_id)
        if one.event.value in {NEAR, MISSED}
    }


@dataclass
class Late:
    """A case of which the authority was aware on 12 December 2025 and did not notify."""

    case: Driven
    contacts: dict[ContactRole, UUID]

    @property
    def world(self) -> World:
        return self.case.world


def not_notified(world: World) -> Late:
    contacts = contacts_in(world)
    return Late(Driven(world, factories.refer(aware_at="2025-12-12 10:30")), contacts)


@pytest.fixture
def lent(ready_by) -> Late:
    return ready_by(not_notified)


@pytest.fixture
def late(lent) -> Driven:
    return lent.case


def test_a_nearing_and_a_missed_day_to_notify_are_told_as_the_rule_says(late):
    """K1: the director, the manager and the partners."""
    office = Office(late.world)
    near = told(office, late, "2025-12-17")
    assert {who for event, duty, who in near if (event, duty) == (NEAR, "notify")} == {
        "director",
        "business.manager",
        "local.authority",
        "integrated.care.board",
        "police",
    }
    missed = told(office, late, "2025-12-22") - near
    assert {who for event, duty, who in missed if (event, duty) == (MISSED, "notify")} == {
        "director",
        "local.authority",
        "integrated.care.board",
        "police",
    }


def test_the_email_to_a_contact_holds_reference_duty_and_day_and_no_link(late):
    office = Office(late.world)
    told(office, late, "2025-12-22")
    deliver(office)
    mine = [one for one in office.mailer.emails if one.recipient == "director@council.example"]
    assert mine
    for email in mine:
        assert late.row().reference in email.body_text
        assert "http" not in email.body_text
        assert "Example Child" not in email.body_text
    assert "Friday 19 December 2025" in mine[-1].body_text


def test_a_contact_with_an_account_is_told_only_to_declare_until_they_have(office, our_world):
    """The chair holds a post of the directory too, and has yet to declare (LC-01, G7)."""
    place = placed(our_world, "2025-06-02", valid_from="2025-06-02")
    said = {"valid_from": "2025-06-02", "verified_on": "2025-06-02"}
    address = our_world.ours.email(Role.REVIEW_GROUP_CHAIR)
    contacted(our_world, place, "2025-06-02", role=ContactRole.DIRECTOR, address=address, **said)
    case = Driven(our_world, factories.refer(aware_at="2025-12-12 10:30"), all_declare=False)
    told(office, case, "2025-12-17")
    deliver(office)
    as_contact = [
        one
        for one in office.emails(case.case_id)
        if (one.recipient, one.address) == ("director", address)
    ]
    assert {one.event for one in as_contact} == {"declaration_needed"}
    mine = [one.body_text for one in office.mailer.emails if one.recipient == address]
    for words in mine:
        assert "19 December" not in words
        assert "todo/declare" in words
    case.do(declaration.declare, factories.declare(), Role.REVIEW_GROUP_CHAIR, "2025-12-19")
    whom = {who for event, _duty, who in told(office, case, "2025-12-22") if event == MISSED}
    assert address.partition("@")[0] in whom


def test_each_notice_to_a_post_is_told_of_though_its_holder_has_yet_to_declare(office, our_world):
    """The 72 hours of a data breach: an earlier email asked its officer to declare as well."""
    place = placed(our_world, "2025-06-02", valid_from="2025-06-02")
    said = {"valid_from": "2025-06-02", "verified_on": "2025-06-02"}
    address = our_world.ours.email(Role.REVIEW_GROUP_CHAIR)
    post = ContactRole.DATA_PROTECTION_OFFICER
    contacted(our_world, place, "2025-06-02", role=post, address=address, **said)
    case = Driven(our_world, all_declare=False)
    with our_world.act(Role.BUSINESS_MANAGER, "2025-12-17") as work:
        row = get_case(work.session, case.case_id)
        about = EmailContext(part="of the breach")
        to = (Recipient.DATA_PROTECTION_OFFICER,)
        enqueue_email_to(work, row, EmailTrigger.BREACH_REPORTED, to, about)
    found = [one for one in office.emails(case.case_id) if one.recipient == to[0]]
    assert [one.event for one in found] == [EmailTrigger.DECLARATION_NEEDED]


def test_a_contact_of_another_day_is_not_told(lent):
    with lent.world.act(Role.BUSINESS_MANAGER, "2025-12-13") as work:
        ended = EndEntry(last_day="2025-12-16", reasons="She left.")
        end_contact(work, lent.contacts[ContactRole.DIRECTOR], ended)
    found = told(Office(lent.world), lent.case, "2025-12-22")
    assert "director" not in {who for _event, _duty, who in found}


def test_a_missed_action_goes_on_to_the_review_group_and_the_executive(case_at):
    """K14: owner, then review group, then Executive; K15: the data protection officer."""
    case = case_at(Stage.EMBEDDING)
    contacts_in(case.world)
    office = Office(case.world)
    plan = factories.propose_plan(case.agency())
    case.agree_on(plan)
    near = told(office, case, "2026-11-24")
    assert not {one for one in near if one[1] == "complete_action"}
    missed = told(office, case, "2026-12-02")
    whom = {who for event, duty, who in missed if (event, duty) == (MISSED, "complete_action")}
    assert {"group", "executive"} <= whom
