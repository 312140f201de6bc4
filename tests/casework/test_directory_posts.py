"""Agencies are written to by the dated directory, and the manager is warned of a post unheld."""

from datetime import date

import pytest

from services.casework.alerts import alerts_for, mark_seen
from services.casework.directory.contacts import end_contact
from services.casework.directory.entries import EndEntry
from services.casework.directory.organisations import RenameOrganisation, rename_organisation
from services.casework.directory.unheld import UnheldPost, unheld_posts
from services.casework.engine.reminders import enqueue_reminders
from services.casework.steps.scoping import scoping
from services.domain.alerts import AlertCode
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.roles import Role
from services.identity.actors import KEYLINE_ITSELF, service_actor
from tests import factories as say
from tests.directory import contacted, placed
from tests.driven import Driven
from tests.kept import emails, kept_of
from tests.world import HOSPITAL

MANAGER, WHEN = Role.BUSINESS_MANAGER, "2025-12-15"
SINCE = "2025-06-02"


@pytest.fixture
def agency(world):
    """The hospital in the directory, with its point of contact."""
    said = {"kind": OrganisationKind.RELEVANT_AGENCY, "name": HOSPITAL, "valid_from": SINCE}
    place = placed(world, SINCE, **said)
    post = {"role": ContactRole.POINT_OF_CONTACT, "address": "contact@hospital.example"}
    dates = {"valid_from": SINCE, "verified_on": SINCE}
    return place, contacted(world, place, SINCE, **post, **dates)


def asked(world, admin_engine, when: str = WHEN) -> list[str]:
    """Ask the hospital for a return; return who is written to of it."""
    case = Driven(world, say.refer(aware_at="2025-12-11")).decide().notify()
    case.do(scoping.request_returns, say.request_returns(case.agency()), MANAGER, when)
    told = kept_of(admin_engine, case).emails
    return [one for one in told if one.startswith("scoping_requested")]


def test_an_agency_is_written_to_at_the_address_that_the_directory_has_of_it_today(
    world, admin_engine, agency
):
    place, contact = agency
    renamed = RenameOrganisation(name="New Hospital", valid_from="2025-07-01", reasons="Renamed.")
    with world.act(MANAGER, "2025-07-01") as work:
        rename_organisation(work, place, renamed)
    assert asked(world, admin_engine) == emails("scoping_requested", "contact@hospital.example")
    with world.act(MANAGER, "2025-12-14") as work:
        end_contact(work, contact, EndEntry(last_day="2025-12-14", reasons="She left."))
    assert asked(world, admin_engine) == emails("scoping_requested", "hospital.desk")


def test_who_was_to_be_written_to_in_a_post_that_nobody_holds_is_an_alert_of_the_case_once(world):
    """K1: nobody is the director; the alert waits until the manager has seen it."""
    case = Driven(world, say.refer(aware_at="2025-12-11"))
    found = []
    for when in ("2025-12-16", "2025-12-19", "2025-12-19 12:00"):
        with world.act(service_actor(world.ours.partnership_id, KEYLINE_ITSELF), when) as work:
            enqueue_reminders(work)
        with world.act(MANAGER, when) as work:
            found += [(one.code, one.case_id) for one in alerts_for(work)]
            for one in alerts_for(work):
                mark_seen(work, one.id)
    assert found[0] == (AlertCode.POST_NOT_HELD, case.case_id)


def test_gov_02_the_manager_is_warned_of_each_post_that_is_written_to_and_that_nobody_holds(world):
    """GOV-02, K1, K3, K15: until the director is in the directory, from the first day on."""
    director = UnheldPost("the director of children's services", ("K1", "K3", "K3b"))

    def warned(on: date, who: Role = MANAGER) -> dict[str, UnheldPost]:
        with world.act(who, "2026-02-02") as work:
            return {one.post: one for one in unheld_posts(work, on)}

    before = warned(date(2026, 1, 4))
    assert before[director.post] == director
    assert {"the data protection officer", "the coordinator of the child death overview panel"} < {
        *before
    }
    assert not [one for one in before if "safeguarding partner" in one or "chair" in one]
    contacted(world, placed(world), role=ContactRole.DIRECTOR)
    assert warned(date(2026, 1, 5)).keys() == before.keys() - {director.post}
    assert warned(date(2026, 1, 4)) == before
    assert warned(date(2026, 1, 4), Role.NOTIFIER) == {}
    assert "the safeguarding partner: police" in warned(date(2019, 1, 1))
