"""A partnership founded from its file: tried first, made once, and never written over."""

from collections import Counter
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest

from services.casework.accounts.identity_providers import end_provider
from services.casework.administration.founding import found_partnership
from services.casework.administration.founding_plan import plan_of
from services.casework.administration.overview import partnership_set_up
from services.casework.administration.tenant_file import TenantFile, read_tenant_file
from services.casework.document_builders.business_unit import reached_at
from services.casework.engine.email_delivery import deliver
from services.casework.engine.transactions import as_keyline
from services.casework.people.answering import AnswerAppointment, answer_appointment
from services.casework.people.from_platform import acting_there
from services.casework.provisioning import in_its_name, partnership_id_of
from services.database import audit
from services.database.appointments import appointments
from services.database.identities import vouching_for
from services.database.partnerships import agencies
from services.database.people import Membership, memberships_on
from services.domain.audit import INSTALLATION
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.labels import label
from services.domain.roles import Actor, Role
from services.domain.set_up import PartStanding
from tests.appointed import accepted
from tests.identity_providers import a_provider_for
from tests.matrix import row_counts
from tests.post_office import Office
from tests.servers import founder_of
from tests.tenant_files import ADMINISTRATOR, UNIT, tenant_file
from tests.world import World

PLATFORM = Role.PLATFORM_ADMINISTRATOR
FIRST = f"administrator Yarrow Logbook, {ADMINISTRATOR}"


@pytest.fixture
def office(world: World) -> Office:
    return Office(world, when="2026-02-02")


@pytest.fixture
def code() -> str:
    return f"D{uuid4().hex[:5].upper()}"


@pytest.fixture
def platform(world: World) -> Actor:
    """Somebody of the installation who is on record as a person."""
    person = world.ours.actor(Role.BUSINESS_MANAGER).person_id
    return Actor(person_id=person, partnership_id=INSTALLATION, role=PLATFORM)


def found(office: Office, actor: Actor, code: str, *changes: tuple[str, str]) -> Counter[str]:
    read = read_tenant_file(tenant_file(code, *changes))
    founder = founder_of(office.engine)
    founded = found_partnership(actor, office, founder, read)
    return Counter(one.standing.value for one in founded.plan)


def planned(office: Office, code: str, *changes: tuple[str, str]) -> dict[str, str]:
    plan = plan_of(office, read_tenant_file(tenant_file(code, *changes)))
    return {one.what: one.to_do for one in plan if one.standing is PartStanding.DIFFERS}


def test_a_dry_run_says_what_would_be_made_and_makes_nothing(office, code, admin_engine):
    before = row_counts(admin_engine)
    plan = plan_of(office, read_tenant_file(tenant_file(code)))
    assert {one.standing for one in plan} == {PartStanding.TO_MAKE}
    assert FIRST in [one.what for one in plan]
    assert row_counts(admin_engine) == before


def test_it_is_founded_whole_and_the_second_time_nothing_changes(
    office, code, platform, admin_engine
):
    read = read_tenant_file(tenant_file(code))
    assert set(found(office, platform, code)) == {"made"}
    with as_keyline(office, read.partnership_id) as work:
        assert not work.partnership.is_demonstration
        assert [one.name for one in agencies(work.session)] == [one.name for one in read.agencies]
        assert memberships_on(work.session, work.today) == [], "nobody holds anything yet"
        links = audit.all_links(work.session, up_to=audit.last_number(work.session))
        bodies = [link.body for link in links]
    assert Counter((one["kind"], one["what"]) for one in bodies) == {
        ("administration", "provisioned"): 1,
        ("directory", "added"): 5,
        ("people", "appointed"): 1,
    }
    by = {one.get("person") for one in bodies if one["kind"] == "directory"}
    assert by == {str(platform.person_id)}
    before = row_counts(admin_engine)
    assert set(found(office, platform, code)) == {"there"}
    assert row_counts(admin_engine) == before


def test_what_the_file_brings_is_found_where_it_is_read(office, code, platform):
    found(office, platform, code)
    read = read_tenant_file(tenant_file(code))
    said = partnership_set_up(platform, office, read.partnership_id).missing
    needed = [one.what for one in said if one.is_needed]
    assert not any("business unit" in one or "agency" in one for one in needed)
    assert sum("seat" in one for one in needed) == 3
    with as_keyline(office, read.partnership_id) as work:
        assert reached_at(work) == f"telephone 01632 960 100, {UNIT}"


def test_a_changed_file_writes_nothing_over_and_names_the_act_that_does(office, code, platform):
    found(office, platform, code)
    changes = (
        ("Dale Safeguarding Children", "Hill Safeguarding Children"),
        (ADMINISTRATOR, "another@council.example"),
        (UNIT, "other-unit@partnership.example"),
        ("safeguarding@schools.example", "new@schools.example"),
        ("retention_years = 30", "retention_years = 40"),
    )
    told = planned(office, code, *changes)
    assert set(told) == {
        f"partnership {code}",
        "administrator Yarrow Logbook, another@council.example",
        "business unit",
        "agency Dale Schools (example)",
        "policy",
    }
    assert told["policy"] == "propose a new version: ./keyline policy propose"
    before = everything(office, code)
    found(office, platform, code, *changes[1:])
    assert everything(office, code) == before


def everything(office: Office, code: str) -> list[object]:
    read = read_tenant_file(tenant_file(code))
    with as_keyline(office, read.partnership_id) as work:
        people = [(held.role, one.email) for held, one in memberships_on(work.session, work.today)]
        known = [(one.name, one.address) for one in agencies(work.session)]
        return [work.partnership.name, work.partnership.policy, people, known]


def test_an_agency_that_a_later_file_adds_is_put_on_record_and_one_it_leaves_out_stays(
    office, code, platform
):
    found(office, platform, code)
    renamed = ("Dale Schools", "Dale Colleges")
    assert found(office, platform, code, renamed)["made"] == 1
    told = planned(office, code, renamed)
    assert list(told) == ["agency Dale Schools (example), not in the file"]


def test_a_run_that_was_cut_before_the_directory_is_finished_by_the_next(office, code, platform):
    read = read_tenant_file(tenant_file(code))
    nobody = replace(platform, person_id=uuid4())  # no such person: the directory refuses the entry
    with pytest.raises(Exception, match="added_by"):
        found(office, nobody, code)
    with as_keyline(office, read.partnership_id) as work:
        assert appointments(work.session) == []
    assert found(office, platform, code)["made"] == 6, "five of the directory, and the appointment"
    assert set(found(office, platform, code)) == {"there"}


def test_nobody_but_a_platform_administrator_founds_one_and_not_for_a_later_day(
    office, code, world, platform, admin_engine
):
    before = row_counts(admin_engine)
    for role in set(Role) - {PLATFORM}:
        with pytest.raises(NotPermitted):
            found(office, world.ours.actor(role), code)
    with pytest.raises(AnswerRefused, match="today or a day before"):
        found(office, platform, code, ("2026-01-05", "2026-02-03"))
    assert row_counts(admin_engine) == before


def test_the_first_administrator_is_confirmed_by_another_invited_and_accepts(
    office, code, world, platform
):
    other = replace(platform, person_id=world.ours.actor(Role.REVIEW_GROUP_CHAIR).person_id)
    serve_the_installation(office, platform, other)
    email = f"first-of-{code}@council.example".lower()
    changed = (ADMINISTRATOR, email)
    found(office, platform, code, changed)
    read = read_tenant_file(tenant_file(code, changed))

    with pytest.raises(RuleBroken, match="you entered this appointment"):
        answer(office, code, platform)
    second = "Somebody is appointed, and a second person has not confirmed it yet."
    assert next_acts(office, platform, read) == ("waits for the second person", [second])
    deliver(office)
    assert email not in [one.recipient for one in office.mailer.emails], "before it is confirmed"
    answer(office, code, other)
    invited = "Somebody is invited and has not accepted yet."
    assert next_acts(office, platform, read) == ("waits for the person invited", [invited])
    assert accepted(office, email)
    assert next_acts(office, platform, read) == ("", [])
    assert set(found(office, platform, code, changed)) == {"there"}


def answer(office: Office, code: str, actor: Actor) -> None:
    with acting_there(actor, office, partnership_id_of(code), None) as work:
        (one,) = appointments(work.session)
        command = AnswerAppointment(is_confirmed=True, grounds="Rang the council.")
        answer_appointment(work, one.id, command)


def next_acts(office: Office, actor: Actor, read: TenantFile) -> tuple[str, list[str]]:
    """Return what the file and the list of what is missing say of the first administrator."""
    (part,) = [one for one in plan_of(office, read) if one.what.startswith("administrator")]
    missing = partnership_set_up(actor, office, read.partnership_id).missing
    post = label(Role.PARTNERSHIP_ADMINISTRATOR)
    return part.to_do, [one.to_do for one in missing if post in one.what]


def serve_the_installation(office: Office, *actors: Actor) -> None:
    with in_its_name(founder_of(office.engine), INSTALLATION) as session:
        for one in actors:
            held = {"person_id": one.person_id, "role": PLATFORM, "from_on": date(2026, 1, 5)}
            session.add(Membership(tenant_id=INSTALLATION, id=uuid4(), **held))


def test_whoever_founds_a_partnership_does_not_appoint_themselves(office, code, world, platform):
    own = world.ours.email(Role.BUSINESS_MANAGER)
    with pytest.raises(AnswerRefused, match=r"administrator\.email: it is your own address"):
        found(office, platform, code, (ADMINISTRATOR, own))


def test_a_provider_that_is_named_vouches_and_one_that_is_unknown_or_ended_does_not(
    office, code, world, platform
):
    founder = founder_of(office.engine)
    unknown, named = (
        ("[administrator]", f'identity_providers = ["{one}"]\n[administrator]')
        for one in ("unknown", "nowhere")
    )
    with pytest.raises(AnswerRefused, match="unknown is not on record"):
        found(office, platform, code, unknown)
    a_provider_for(office.engine, world.ours.code)
    assert set(found(office, platform, code, named)) == {"made"}
    read = read_tenant_file(tenant_file(code, named))
    with as_keyline(office, read.partnership_id) as work:
        assert vouching_for(work.session) == ["nowhere"]
    end_provider(founder, code, "nowhere", office.now())
    assert found(office, platform, code, named)["differs"] == 1
    with as_keyline(office, read.partnership_id) as work:
        assert vouching_for(work.session) == []
