"""A dispatch by hand goes to an address of its recipient: the installation's, or one set by two."""

from datetime import date

import pytest

from services.casework.directory.contacts import change_contact, end_contact
from services.casework.directory.entries import EndEntry
from services.casework.steps.dispatches.known_addresses import (
    address_of_body,
    known_addresses,
    must_be_known,
)
from services.database.directory_entries import contact_entries
from services.domain.directory import BODIES, ContactRole, OrganisationKind
from services.domain.errors import AnswerRefused
from services.domain.mailboxes import NOT_PRODUCTION, PRODUCTION
from services.domain.recipients import Recipient
from services.domain.roles import Role
from tests.directory import a_change, confirmed, contacted, placed

MANAGER = Role.BUSINESS_MANAGER
ELSEWHERE = "new.desk@body.example"
DAY = date(2026, 2, 2)


def known(world, recipient: Recipient, on: date = DAY) -> set[str]:
    with world.act(MANAGER) as work:
        return set(known_addresses(work, recipient, on))


def written_to(world, recipient: Recipient, when: str, installed=NOT_PRODUCTION) -> str | None:
    with world.act(MANAGER, when) as work:
        return address_of_body(work, installed, recipient)


@pytest.fixture
def ofsted(world):
    return placed(world, name="Inspectorate", kind=OrganisationKind.OFSTED)


@pytest.fixture
def desk(world, ofsted):
    """An address of Ofsted that one person has entered."""
    return contacted(world, ofsted, role=ContactRole.WHERE_TO_SEND, address=ELSEWHERE)


def test_an_address_is_its_bodys_alone_once_a_second_person_confirmed_it(world, desk):
    """PUB-26: what two people set for one body is no address of another."""
    assert ELSEWHERE not in known(world, Recipient.OFSTED)
    confirmed(world, desk)
    assert ELSEWHERE in known(world, Recipient.OFSTED)
    for other in BODIES.keys() - {Recipient.OFSTED}:
        assert ELSEWHERE not in known(world, other)


def test_an_address_of_any_other_organisation_is_no_bodys(world):
    for number, kind in enumerate((OrganisationKind.NATIONAL_BODY, OrganisationKind.OUTSIDE_BODY)):
        place = placed(world, name=f"Ofsted {number}", kind=kind)
        confirmed(world, contacted(world, place, address=ELSEWHERE))
    contacted(world, placed(world), address=ELSEWHERE)
    assert ELSEWHERE not in known(world, Recipient.OFSTED)


def test_the_refusal_names_the_addresses_that_are_known_for_this_recipient(world, desk):
    """PUB-26: K12 is not met by what went to another body: the Panel's mailbox is not Ofsted's."""
    confirmed(world, desk)
    with pytest.raises(AnswerRefused) as error, world.act(MANAGER) as work:
        must_be_known(work, Recipient.OFSTED, NOT_PRODUCTION.panel, DAY)
    assert error.value.field == "address"
    told = str(error.value)
    assert f"Known: {PRODUCTION.ofsted}, {NOT_PRODUCTION.ofsted}, {ELSEWHERE}." in told
    assert NOT_PRODUCTION.panel not in told
    with world.act(MANAGER) as work:
        must_be_known(work, Recipient.OFSTED, f" {ELSEWHERE.upper()} ", DAY)


def test_either_mailbox_of_the_panel_is_the_panels(world):
    """E-05: one body with two mailboxes."""
    both = {NOT_PRODUCTION.panel, NOT_PRODUCTION.panel_secretariat}
    assert both <= known(world, Recipient.PANEL)
    assert both <= known(world, Recipient.PANEL_SECRETARIAT)
    assert not both & known(world, Recipient.OFSTED)


def test_a_real_partnership_sends_to_no_address_of_the_demonstration(world):
    with world.act(MANAGER) as work:
        work.partnership.is_demonstration = False
        work.session.add(work.partnership)
    assert known(world, Recipient.OFSTED) == {PRODUCTION.ofsted}


def test_an_address_that_held_on_the_day_of_sending_stays_one_that_was_known(world, desk):
    confirmed(world, desk)
    with world.act(MANAGER, "2026-02-02") as work:
        end_contact(work, desk, EndEntry(last_day=date(2026, 1, 30), reasons="They moved."))
    assert ELSEWHERE in known(world, Recipient.OFSTED, date(2026, 1, 30))
    assert ELSEWHERE not in known(world, Recipient.OFSTED)


def test_a_body_is_written_to_where_two_people_say_from_its_first_day_on(world, desk):
    """E-05: attached and collected follow the directory; without it, the installation."""
    assert written_to(world, Recipient.OFSTED, "2026-02-02") == NOT_PRODUCTION.ofsted
    confirmed(world, desk)
    assert written_to(world, Recipient.OFSTED, "2026-02-02") == ELSEWHERE
    assert written_to(world, Recipient.PANEL, "2026-02-02") == NOT_PRODUCTION.panel
    assert written_to(world, Recipient.CHAIR, "2026-02-02") is None
    moved = a_change(address="later.desk@body.example", valid_from=date(2026, 3, 2))
    with world.act(MANAGER) as work:
        change_contact(work, desk, moved)
        (new,) = [one.contact.id for one in contact_entries(work.session) if one.waits]
    assert written_to(world, Recipient.OFSTED, "2026-03-02") == ELSEWHERE
    confirmed(world, new)
    assert written_to(world, Recipient.OFSTED, "2026-03-01") == ELSEWHERE
    assert written_to(world, Recipient.OFSTED, "2026-03-02") == "later.desk@body.example"


def test_neither_a_portal_nor_a_real_mailbox_outside_production_is_written_to(world, ofsted):
    for address in ("https://portal.body.example/in", PRODUCTION.panel):
        confirmed(world, contacted(world, ofsted, role=ContactRole.WHERE_TO_SEND, address=address))
        assert written_to(world, Recipient.OFSTED, "2026-02-02") == NOT_PRODUCTION.ofsted
    assert written_to(world, Recipient.OFSTED, "2026-02-02", PRODUCTION) == PRODUCTION.panel
