"""The directory: who it was on a day, what a second person confirms, what is never changed."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from deployments.directory import listed
from services.casework.directory.acts import CHANGE_CONTACT
from services.casework.directory.command_line import do_in_name
from services.casework.directory.contacts import (
    add_contact,
    answer_contact,
    change_contact,
    end_contact,
)
from services.casework.directory.entries import EndEntry
from services.casework.directory.organisations import (
    RenameOrganisation,
    add_organisation,
    end_organisation,
    rename_organisation,
)
from services.casework.engine.audit_checks import check_chain
from services.casework.named_person import NamedPerson
from services.database import audit
from services.database.directory_entries import (
    contact_entries,
    contacts_on,
    organisation_entries,
)
from services.database.engine import working_for
from services.domain.directory import ContactRole, ContactStanding, OrganisationKind
from services.domain.errors import (
    AlreadyDone,
    AnswerRefused,
    NotFound,
    NotPermitted,
    RuleBroken,
)
from services.domain.roles import Role
from tests.desk import Desk
from tests.directory import (
    SINCE,
    a_change,
    a_contact,
    an_answer,
    an_organisation,
    confirmed,
    contacted,
    placed,
    with_a_directory,
)

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
MARCH = date(2026, 3, 2)


def holders(world, on: date, *roles: ContactRole) -> list[str]:
    with world.act(MANAGER) as work:
        return [one.holder for one in contacts_on(work.session, on, *roles)]


def standings(world, on: date = SINCE) -> list[tuple[str, ContactStanding]]:
    with world.act(MANAGER) as work:
        found = contact_entries(work.session)
        return [(one.contact.holder, one.standing(on)) for one in found]


@pytest.fixture
def council(world):
    return placed(world)


@pytest.fixture
def director(world, council):
    return contacted(world, council)


@pytest.fixture
def panel(world):
    """The contact of a national body, entered by the manager and answered by nobody."""
    body = placed(world, name="The Panel", kind=OrganisationKind.NATIONAL_BODY)
    return contacted(world, body, holder="The desk", role=ContactRole.WHERE_TO_SEND)


def change(world, contact, **said):
    with world.act(MANAGER) as work:
        change_contact(work, contact, a_change(**said))


def test_a_change_ends_one_entry_and_begins_another(world, director):
    """GOV-02: who it was on a day is known after the change too."""
    change(world, director, holder="Her Successor", valid_from=MARCH)
    assert holders(world, date(2026, 3, 1)) == ["A Director"]
    assert holders(world, MARCH) == ["Her Successor"]
    assert holders(world, date(2026, 1, 4)) == []


def test_a_mistake_is_superseded_and_both_stay_on_record(world, director):
    change(world, director, holder="The Right One")
    assert holders(world, SINCE) == ["The Right One"]
    assert standings(world) == [
        ("A Director", ContactStanding.NEVER_HELD),
        ("The Right One", ContactStanding.IN_FORCE),
    ]


def test_an_entry_is_ended_with_its_last_day_and_changed_no_more(world, director):
    ended = EndEntry(last_day=MARCH, reasons="She left.")
    with world.act(MANAGER) as work:
        end_contact(work, director, ended)
    assert holders(world, MARCH) == ["A Director"]
    assert holders(world, date(2026, 3, 3)) == []
    for act, words in ((end_contact, ended), (change_contact, a_change())):
        with pytest.raises(AlreadyDone), world.act(MANAGER) as work:
            act(work, director, words)


def test_an_address_of_a_national_body_is_used_once_a_second_person_confirmed_it(world, panel):
    assert holders(world, SINCE) == []
    with pytest.raises(AnswerRefused, match="Another person"), world.act(MANAGER) as work:
        answer_contact(work, panel, an_answer())
    confirmed(world, panel)
    assert holders(world, SINCE) == ["The desk"]
    with pytest.raises(AlreadyDone, match="first answer"), world.act(CHAIR) as work:
        answer_contact(work, panel, an_answer(is_confirmed=False))


def test_a_changed_address_of_a_national_body_takes_over_when_it_is_confirmed(world, panel):
    confirmed(world, panel)
    change(world, panel, holder="The new desk", valid_from=MARCH)
    assert holders(world, MARCH) == ["The desk"]
    with pytest.raises(AlreadyDone, match="waits"):
        change(world, panel, holder="Another desk", valid_from=MARCH)
    with world.act(MANAGER) as work:
        new = next(one.contact.id for one in contact_entries(work.session) if one.waits)
    confirmed(world, new)
    assert holders(world, MARCH) == ["The new desk"]
    assert holders(world, date(2026, 3, 1)) == ["The desk"]


def test_an_address_that_was_refused_is_never_used_and_leaves_the_old_one(world, panel):
    confirmed(world, panel)
    change(world, panel, holder="A swindler", valid_from=MARCH)
    with world.act(CHAIR) as work:
        new = next(one.contact.id for one in contact_entries(work.session) if one.waits)
        answer_contact(work, new, an_answer(is_confirmed=False))
    assert holders(world, MARCH) == ["The desk"]


@pytest.mark.usefixtures("director")
def test_a_renamed_organisation_keeps_its_contacts(world, council):
    renamed = RenameOrganisation(name="A New Council", valid_from=MARCH, reasons="Merged.")
    with world.act(MANAGER) as work:
        rename_organisation(work, council, renamed)
        names = [
            (one.organisation.name, one.validity.covers(MARCH))
            for one in organisation_entries(work.session)
        ]
    assert names == [("A Council", False), ("A New Council", True)]
    assert holders(world, MARCH) == ["A Director"]


def test_an_organisation_does_not_end_before_its_contacts(world, council, director):
    ended = EndEntry(last_day=MARCH, reasons="Merged.")
    with pytest.raises(RuleBroken, match="contacts"), world.act(MANAGER) as work:
        end_organisation(work, council, ended)
    with world.act(MANAGER) as work:
        end_contact(work, director, ended)
        end_organisation(work, council, ended)


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"address": "not an address"}, "address"),
        ({"address": "https://"}, "address"),
        ({"verified_on": date(2026, 2, 3)}, "verified_on"),
        ({"valid_from": date(2026, 1, 4)}, "valid_from"),
    ],
)
def test_what_cannot_be_is_refused_at_its_question(world, council, said, field):
    with pytest.raises(AnswerRefused) as error, world.act(MANAGER) as work:
        add_contact(work, council, a_contact(**said))
    assert error.value.field == field


def test_a_form_that_is_posted_twice_is_one_entry(world, council):
    once = uuid4()
    for _ in range(2):
        with world.act(MANAGER, once=once) as work:
            add_contact(work, council, a_contact())
    assert holders(world, SINCE) == ["A Director"]


def test_only_the_manager_changes_it_and_another_partnerships_is_not_there(world, director):
    for role in sorted(set(Role) - {MANAGER, Role.SERVICE}):
        with pytest.raises(NotPermitted), world.act(role) as work:
            add_organisation(work, an_organisation())
    theirs = world.theirs.actor(MANAGER)
    with world.act(theirs) as work:
        assert contact_entries(work.session) == []
        with pytest.raises(NotFound):
            change_contact(work, director, a_change())


def test_each_act_leaves_its_link_without_words_and_what_was_changed_behind_it_is_found(
    world, admin_engine
):
    with_a_directory(world)
    with world.act(MANAGER) as work:
        bodies = [one.body for one in audit.all_links(work.session, up_to=99)]
    told = [one["what"] for one in bodies if one["kind"] == "directory"]
    assert told == [
        "added",
        "ended",
        "added",
        "added",
        "confirmed",
        "added",
        "added",
        "put_on_duty",
        "added",
    ]
    assert "director@council.example" not in str(bodies)
    whole = check_chain(Desk(world), world.ours.partnership_id)
    assert list(whole.findings) == []
    with admin_engine.begin() as link:
        change = text("update contacts set address = 'x@x.example' where tenant_id = :ours")
        link.execute(change, {"ours": world.ours.partnership_id})
    found = check_chain(Desk(world), world.ours.partnership_id)
    assert {one.kind for one in found.findings} == {"content_edited"}


def test_the_database_takes_no_entry_in_anothers_name_and_no_answer_of_its_maker(world, panel):
    manager, chair = (world.ours.actor(role).person_id for role in (MANAGER, CHAIR))
    answer = text(
        "insert into contact_confirmations (tenant_id, id, salt, contact_id, added_by,"
        " is_confirmed, grounds, confirmed_by, confirmed_at)"
        " values (:ours, gen_random_uuid(), '', :contact, :first, true, '', :second, now())"
    )
    said = {"ours": world.ours.partnership_id, "contact": panel, "first": manager}
    signed = working_for(world.engine, world.ours.partnership_id, manager)
    with pytest.raises(IntegrityError, match="two_people"), signed.begin() as link:
        link.execute(answer, said | {"second": manager})
    with pytest.raises(DBAPIError, match="row-level security"), signed.begin() as link:
        link.execute(answer, said | {"second": chair})


def test_the_command_line_acts_in_the_name_of_who_may_and_says_so(world, director):
    who = NamedPerson(world.ours.code, world.ours.email(MANAGER))
    desk = Desk(world, workers_engine=world.engine, when="2026-02-03")
    do_in_name(desk, who, CHANGE_CONTACT, director, a_change(holder="From the terminal"))
    assert holders(world, SINCE) == ["From the terminal"]
    with world.act(MANAGER) as work:
        *_, last = audit.all_links(work.session, up_to=99)
    assert last.body["what"] == "command_line_used"
    assert last.body["person"] == str(world.ours.actor(MANAGER).person_id)
    partner = NamedPerson(world.ours.code, world.ours.email(Role.NOTIFIER))
    with pytest.raises(NotFound, match="may change"):
        do_in_name(desk, partner, CHANGE_CONTACT, director, a_change())


def test_the_command_line_lists_who_it_was_on_a_day(world, director):
    change(world, director, holder="Her Successor", valid_from=MARCH)
    with world.act(MANAGER) as work:
        before, after = (list(listed(work, day)) for day in ("2026-03-01", "2026-03-02"))
    assert [line.split(",")[0].strip() for line in before[1:]] == [
        "director of children's services: A Director",
        "director of children's services: Her Successor",
    ]
    assert "(in force)" in before[1]
    assert "(not yet)" in before[2]
    assert len(after) == 2
    assert "Her Successor" in after[1]
