"""An email that was held or refused is settled by the business manager, once, with a reason."""

from uuid import UUID

import pytest

from services.casework.effects.addressees import address_of_agency
from services.casework.engine.progress import standings
from services.casework.steps.dispatches import held_emails
from services.casework.steps.dispatches.held_emails import Settlement
from services.casework.steps.rapid_review import lateness
from services.casework.steps.scoping import scoping
from services.database.assignments import open_assignments
from services.database.cases import list_cases
from services.database.history import entries, facts
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.dispatches import Notice
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, AnswerRefused, NotFound, NotPermitted
from services.domain.identifiers import CaseId
from services.domain.labels import label
from services.domain.roles import Permission, Role
from services.domain.todos import Todo
from services.domain.workflow import Stage
from services.mail.memory import MemoryMailer
from tests import factories
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.post_office import Office
from tests.sent_out import confirm, make_papers
from tests.world import HOSPITAL, SCHOOL, World

MANAGER = Role.BUSINESS_MANAGER
TYPED, OTHER = "a.new.desk@ours.example", "another.desk@ours.example"
WHEN = "2025-12-15"


def chair_refused(world: World) -> Office:
    """Return the courier of a case whose email to the chair was refused; the others went."""
    Driven(world)
    office = Office(world)
    office.mailer.refuses.add(world.ours.email(Role.REVIEW_GROUP_CHAIR))
    office.deliver()
    return office


@pytest.fixture
def office(ready_by) -> Office:
    return ready_by(chair_refused)


@pytest.fixture
def case(office) -> Driven:
    """The case whose email to the chair was refused, and whose other emails went."""
    with office.world.act(MANAGER) as work:
        (row,) = list_cases(work.session)
        return Driven.of(office.world, CaseId(row.id))


def refused(office: Office, case: Driven) -> UUID:
    (one,) = [each for each in office.emails(case.case_id) if each.delivery.value != "sent"]
    return one.id


def settle(case: Driven, email: UUID, who: Role = MANAGER, **but) -> None:
    command = factories.settle_email(email, **but)
    case.do(held_emails.settle_email, command, who, "2025-12-17")


def is_asked(case: Driven) -> bool:
    with case.world.act(MANAGER) as work:
        paths = {one.todo for one in open_assignments(work.session, case.case_id)}
    return Todo.SETTLE_EMAILS.value in paths


def test_the_entry_names_the_email_so_that_a_draft_for_another_is_not_told_of_it(office, case):
    email = refused(office, case)
    settle(case, email)
    with case.world.act(MANAGER) as work:
        (entry,) = facts(work.session, case.case_id, EntryType.EMAIL_SETTLED)
    assert entry.subject == str(email)


def test_sent_again_it_is_the_same_email_and_nobody_is_asked_any_more(office, case):
    assert is_asked(case)
    email = refused(office, case)
    before = {one.id: one.message_id for one in office.emails(case.case_id)}
    office.mailer.refuses.clear()
    settle(case, email)
    assert not is_asked(case)
    assert office.deliver() == 1
    assert office.mailer.emails[-1].message_id == before[email]
    assert office.standing(case.case_id).keys() == {"sent"}


def test_an_address_that_one_person_typed_is_not_sent_to(office, case):
    """PUB-26: before the first sending to a new address it is put on record; here it is not."""
    with pytest.raises(AnswerRefused, match="not on record for the chair") as error:
        settle(case, refused(office, case), address=TYPED)
    assert error.value.field == "address"
    assert office.world.ours.email(Role.REVIEW_GROUP_CHAIR) in str(error.value)
    for role in (Role.AGENCY_LEAD, Role.NOTIFIER):
        with pytest.raises(AnswerRefused, match="not on record"):
            settle(case, refused(office, case), address=office.world.ours.email(role))
    assert is_asked(case)
    assert office.deliver() == 0


def test_an_agencys_new_address_is_used_once_the_directory_has_it(case_at):
    """E-05: its point of contact, by the directory; no address of another agency."""
    case = case_at(Stage.TO_BE_NOTIFIED, Driven.notify)
    world, office = case.world, Office(case.world)
    with world.act(MANAGER) as work:
        address = address_of_agency(work, case.agency())
    office.mailer.refuses.add(address)
    case.do(scoping.request_returns, factories.request_returns(case.agency()), MANAGER, WHEN)
    office.deliver()
    (email,) = [one.id for one in office.emails(case.case_id) if one.delivery.value == "failed"]
    with pytest.raises(AnswerRefused, match="not on record for the agency"):
        settle(case, email, address=TYPED)
    since = {"valid_from": "2025-06-02"}
    for name, contact in ((HOSPITAL, TYPED), (SCHOOL, OTHER)):
        place = placed(world, WHEN, kind=OrganisationKind.RELEVANT_AGENCY, name=name, **since)
        post = {"role": ContactRole.POINT_OF_CONTACT, "address": contact}
        contacted(world, place, WHEN, verified_on="2025-06-02", **post, **since)
    with pytest.raises(AnswerRefused, match="not on record for the agency"):
        settle(case, email, address=OTHER)
    settle(case, email, address=TYPED)
    office.deliver()
    assert office.mailer.emails[-1].recipient == TYPED


@pytest.mark.parametrize("course", [Settlement.WENT, Settlement.TOLD_OTHERWISE])
def test_marked_as_sent_it_is_not_sent(course, office, case):
    settle(case, refused(office, case), course=course)
    assert not is_asked(case)
    assert office.deliver() == 0


def test_what_was_decided_is_on_record_without_an_id_or_an_address_of_the_email(office, case):
    settle(case, refused(office, case), course=Settlement.WENT, reasons="The chair has it.")
    with case.world.act(MANAGER) as work:
        command = entries(work.session, case.case_id)[0].command
    assert command == {
        "event": "declaration_needed",
        "recipient": "chair",
        "course": "went",
        "address": None,
        "reasons": "The chair has it.",
    }


def test_an_email_refused_again_is_asked_about_again(office, case):
    settle(case, refused(office, case))
    assert not is_asked(case)
    office.deliver()
    assert is_asked(case)


def test_an_email_is_settled_once(office, case):
    email = refused(office, case)
    settle(case, email, course=Settlement.WENT)
    with pytest.raises(AlreadyDone):
        settle(case, email, course=Settlement.SEND_AGAIN)


def test_an_email_of_another_case_is_not_found(office, case):
    with pytest.raises(NotFound):
        settle(Driven(office.world), refused(office, case))


@pytest.mark.parametrize("address", ["two@a.example, other@b.example", "not an address"])
def test_another_address_must_be_one_address(address, office, case):
    with pytest.raises(AnswerRefused) as error:
        settle(case, refused(office, case), address=address)
    assert error.value.field == "address"
    assert is_asked(case)


def test_a_national_bodys_address_is_not_chosen_on_a_case(office, case):
    case.decide().notify()
    command = factories.tell_lateness()
    case.do(lateness.tell_lateness, command, MANAGER, "2025-12-16")
    manager = office.world.ours.actor(MANAGER)
    make_papers(office.world, case.case_id, "2025-12-16")
    confirm(office.world, case.case_id, "2025-12-16", Notice.LATENESS_FORECAST, who=manager)
    office.mailer = MemoryMailer(looks_up=False)
    office.mailer.loses_the_answer = True
    while office.standing(case.case_id)["pending"]:
        office.deliver()
    office.let_time_pass()
    office.mailer.loses_the_answer = False
    while office.standing(case.case_id)["sending"]:
        office.deliver()
    national = [one for one in office.emails(case.case_id) if "secretariat" in one.recipient]
    with pytest.raises(AnswerRefused, match="national body"):
        settle(case, national[0].id, address=TYPED)


@pytest.mark.parametrize("role", [Role.REVIEW_GROUP_CHAIR, Role.OPERATIONS, Role.AGENCY_LEAD])
def test_nobody_else_settles_emails(role, office, case):
    with pytest.raises(NotPermitted, match=label(Permission.SETTLE_EMAILS)):
        settle(case, refused(office, case), who=role)


def test_no_step_of_the_case_waits_for_it(office, case):
    with office.world.act(MANAGER) as work:
        details = [one.detail for one in standings(work, case.row())]
    assert not any("emails" in detail for detail in details)
