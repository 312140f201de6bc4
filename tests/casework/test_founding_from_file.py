"""A partnership founded from its file: tried first, made once, and never written over."""

from collections import Counter
from dataclasses import replace
from uuid import uuid4

import pytest

from services.casework.administration.founding import found_partnership, has_account
from services.casework.administration.founding_plan import plan_of
from services.casework.administration.overview import partnership_set_up
from services.casework.administration.tenant_file import read_tenant_file
from services.casework.document_builders.business_unit import reached_at
from services.casework.engine.transactions import as_keyline
from services.casework.provisioning import person_id_of
from services.database import audit
from services.database.partnerships import agencies
from services.database.people import memberships_on
from services.database.unit_of_work import unit_of_work
from services.domain.audit import INSTALLATION
from services.domain.errors import AnswerRefused, NotPermitted
from services.domain.roles import Actor, Role
from services.domain.set_up import PartStanding
from tests.matrix import row_counts
from tests.post_office import Office
from tests.servers import QUICK_PASSWORDS, founder_of
from tests.tenant_files import ADMINISTRATOR, UNIT, tenant_file
from tests.world import World

PLATFORM = Role.PLATFORM_ADMINISTRATOR


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
    founded = found_partnership(actor, office, founder, read, QUICK_PASSWORDS)
    return Counter(one.standing.value for one in founded.plan)


def planned(office: Office, code: str, *changes: tuple[str, str]) -> dict[str, str]:
    plan = plan_of(office, read_tenant_file(tenant_file(code, *changes)))
    return {one.what: one.to_do for one in plan if one.standing is PartStanding.DIFFERS}


def test_a_dry_run_says_what_would_be_made_and_makes_nothing(office, code, admin_engine):
    before = row_counts(admin_engine)
    plan = plan_of(office, read_tenant_file(tenant_file(code)))
    assert {one.standing for one in plan} == {PartStanding.TO_MAKE}
    assert f"administrator Yarrow Logbook, {ADMINISTRATOR}" in [one.what for one in plan]
    assert row_counts(admin_engine) == before


def test_it_is_founded_whole_and_the_second_time_nothing_changes(
    office, code, platform, admin_engine
):
    read = read_tenant_file(tenant_file(code))
    assert set(found(office, platform, code)) == {"made"}
    with as_keyline(office, read.partnership_id) as work:
        assert not work.partnership.is_demonstration
        assert [one.name for one in agencies(work.session)] == [one.name for one in read.agencies]
        ((held, person),) = memberships_on(work.session, work.today)
        links = audit.all_links(work.session, up_to=audit.last_number(work.session))
        bodies = [link.body for link in links]
        assert (held.role, person.email) == (Role.PARTNERSHIP_ADMINISTRATOR, ADMINISTRATOR)
    assert Counter((one["kind"], one["what"]) for one in bodies) == {
        ("administration", "provisioned"): 1,
        ("directory", "added"): 5,
    }
    by = {one.get("person") for one in bodies if one["kind"] == "directory"}
    assert by == {str(platform.person_id)}
    assert has_account(founder_of(office.engine), read)
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
    administrator = Actor(
        person_id=person_id_of(ADMINISTRATOR),
        partnership_id=read.partnership_id,
        role=Role.PARTNERSHIP_ADMINISTRATOR,
    )
    with unit_of_work(office.engine, administrator, office.now(), office.calendar) as work:
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
        "administrator",
        "business unit",
        "agency Dale Schools (example)",
        "policy",
    }
    assert told["policy"] == "put a new version in force: ./keyline policy raise"
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
        assert len(memberships_on(work.session, work.today)) == 1
    assert found(office, platform, code)["made"] == 5
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
