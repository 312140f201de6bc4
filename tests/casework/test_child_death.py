"""The child death review is linked (GOV-05, PAR-05), and the panel waits for ours (GOV-06)."""

from datetime import date
from uuid import UUID

import pytest

from services.casework.alerts import alerts_for
from services.casework.engine.email_delivery import deliver
from services.casework.engine.review_holds import settle_holds
from services.casework.steps.child_death.death import children_who_died
from services.casework.steps.child_death.death_review import death_reviews, link_death_review
from services.casework.steps.referral.logged_as_referral import logged_as_referral
from services.casework.steps.referral.referral_correction import correct_referral
from services.casework.steps.review_request import request_consideration
from services.casework.steps.sign_off import sign_off
from services.database.cases import children, get_case
from services.database.history import all_of
from services.domain.directory import ContactRole, OrganisationKind
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.domain.subjects import Harm
from services.domain.todos import Todo
from services.domain.workflow import Outcome, Stage
from services.web.view_models.children import child_death_view
from tests import death_factories
from tests import factories as say
from tests.directory import confirmed, contacted, placed
from tests.driven import Driven
from tests.logged import a_request
from tests.post_office import Office, office, our_world

__all__ = ["office", "our_world"]
MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
AWARE, SINCE = "2025-12-11", "2025-06-02"
DIED = say.child(name="Ada", harm="death")


@pytest.fixture
def coordinator(our_world):
    """The coordinator of the panel, of a body outside, whom a second person confirmed."""
    said = {"valid_from": SINCE, "verified_on": SINCE}
    body = placed(our_world, SINCE, kind=OrganisationKind.OUTSIDE_BODY, valid_from=SINCE)
    role, address = ContactRole.CHILD_DEATH_COORDINATOR, "coordinator@panel.example"
    post = contacted(our_world, body, SINCE, role=role, address=address, **said)
    confirmed(our_world, post, SINCE)
    return address


def held(office: Office, case: Driven, when: str) -> list[str]:
    """Settle the holds then; return each placing and releasing, with its reason."""
    office.when = when
    settle_holds(office)
    settle_holds(office)
    with case.world.act(MANAGER, when) as work:
        kinds = (EntryType.HOLD_PLACED, EntryType.HOLD_RELEASED)
        said = [one for kind in kinds for one in all_of(work.session, case.case_id, kind)]
        in_order = sorted(said, key=lambda one: one.number)
        return [f"{one.entry_type}: {one.command['reason']}" for one in in_order]


def child_of(case: Driven, name: str) -> UUID:
    with case.world.act(MANAGER) as work:
        found = children(work.session, case.case_id)
        return next(one.id for one in found if one.name == name)


def link(case: Driven, name: str = "Ada", **said: object) -> None:
    command = death_factories.link_death_review(child_of(case, name), **said)
    case.do(link_death_review, command, MANAGER, "2025-12-16")


def todos(case: Driven) -> set[str]:
    return {one.todo for one in case.turns()}


def test_gov_06_the_last_step_waits_from_the_rapid_review_until_the_panel_has_answered(
    office, our_world, coordinator
):
    """GOV-06: the panel's coordinator is told when its final consideration waits, and no longer.

    By this policy it waits for that answer although the learning is acted on meanwhile.
    """
    case = Driven(our_world, say.refer("death", aware_at=AWARE)).decide()
    assert held(office, case, "2025-12-12") == []
    case.notify()
    placed_ = ["hold_placed: rapid_review"]
    assert held(office, case, "2025-12-15") == placed_
    case.scope().review(Outcome.NO_FURTHER_REVIEW)
    assert held(office, case, "2026-01-08") == placed_
    case.agree_on(say.propose_plan(case.agency()), "2026-01-12")
    assert (case.stage(), held(office, case, "2026-01-12")) == (Stage.EMBEDDING, placed_)
    case.answer()
    assert held(office, case, "2026-01-20") == [*placed_, "hold_released: concluded"]
    told = [one for one in office.emails(case.case_id) if one.address == coordinator]
    assert [one.event.value for one in told] == ["hold_placed", "hold_released"]


def test_gov_06_a_local_review_of_the_death_holds_it_until_it_is_published(office, our_world):
    case = Driven(our_world, say.refer("death", aware_at=AWARE)).decide().notify()
    held(office, case, "2025-12-15")
    case.scope().review().answer().commission()
    assert held(office, case, "2026-02-03") == ["hold_placed: rapid_review"]


def test_a_panel_of_another_area_is_told_by_a_person_and_our_own_coordinator_is_not(
    office, our_world, coordinator
):
    """GOV-06: by agreement another area's panel considers the death."""
    case = Driven(our_world, say.refer(children=(DIED,), aware_at=AWARE)).decide().notify()
    link(case, elsewhere=True)
    assert held(office, case, "2025-12-16") == ["hold_placed: rapid_review"]
    assert not [one for one in office.emails(case.case_id) if one.address == coordinator]
    with our_world.act(MANAGER) as work:
        found = [one.code.value for one in alerts_for(work) if one.case_id == case.case_id]
    assert found == ["tell_other_panel"]


def test_twins_of_one_name_have_a_review_each(office, our_world):
    """PAR-05: a name and a birth date may be those of two."""
    case = Driven(our_world, say.refer(children=(DIED, DIED), aware_at=AWARE)).decide().notify()
    held(office, case, "2025-12-15")
    link(case)
    assert "link_death_review" in todos(case)


def test_the_coordinator_is_told_by_the_reference_and_gets_no_link(office, our_world, coordinator):
    case = Driven(our_world, say.refer(children=(DIED,), aware_at=AWARE)).decide().notify()
    held(office, case, "2025-12-15")
    deliver(office)
    (email,) = [one for one in office.mailer.emails if one.recipient == coordinator]
    assert case.row().reference in email.body_text
    assert not [part for part in ("http", "Ada") if part in email.body_text]


def test_a_harm_that_was_no_death_holds_nothing_and_a_correction_releases(office, our_world):
    hurt = Driven(our_world, say.refer(aware_at=AWARE)).decide().notify()
    assert held(office, hurt, "2025-12-15") == []
    case = Driven(our_world, say.refer("death", aware_at=AWARE)).decide().notify()
    held(office, case, "2025-12-15")
    case.do(correct_referral, say.correct_referral(), MANAGER, "2025-12-16 10:00")
    said = held(office, case, "2025-12-16")
    assert said == ["hold_placed: rapid_review", "hold_released: no_death"]
    assert "link_death_review" not in todos(case)


def test_gov_05_each_child_who_died_has_a_review_and_the_newest_link_counts(office, our_world):
    """GOV-05, PAR-05: the manager is asked until each of them is linked."""
    born, lives = say.child(name="Ben", harm="death"), say.child(name="Cy")
    case = Driven(our_world, say.refer(children=(DIED, born, lives), aware_at=AWARE))
    case.decide().notify()
    held(office, case, "2025-12-15")
    link(case)
    assert "link_death_review" in todos(case)
    link(case, "Ben")
    assert "link_death_review" not in todos(case)
    link(case, identifier="eCDOP 2025-118")
    with our_world.act(MANAGER) as work:
        kept = {one.child: one.identifier for one in death_reviews(work, case.case_id)}
    assert kept == {
        "Ada, born on 3 March 2024": "eCDOP 2025-118",
        "Ben, born on 3 March 2024": "eCDOP 2025-117",
    }
    with pytest.raises(AnswerRefused, match="who died"):
        link(case, "Cy")


def test_gov_05_a_link_before_the_hold_leaves_the_other_child_to_be_linked(office, our_world):
    """GOV-05, PAR-05: the manager is asked for the second child though the first is linked."""
    born = say.child(name="Ben", harm="death")
    case = Driven(our_world, say.refer(children=(DIED, born), aware_at=AWARE)).decide().notify()
    link(case)
    held(office, case, "2025-12-17")
    assert "link_death_review" in todos(case)
    link(case, "Ben")
    assert "link_death_review" not in todos(case)


@pytest.mark.usefixtures("coordinator")
def test_gov_06_the_page_says_when_the_coordinator_was_written_to(office, our_world):
    case = Driven(our_world, say.refer(children=(DIED,), aware_at=AWARE)).decide().notify()
    held(office, case, "2025-12-15")
    assert told_on(case) is None
    deliver(office)
    assert told_on(case) is not None


def told_on(case: Driven) -> date | None:
    """Return the day on which the page says that the panel's coordinator was written to."""
    with case.world.act(MANAGER, "2025-12-16") as work:
        view = child_death_view(work, get_case(work.session, case.case_id))
        assert view is not None
        assert view.hold is not None
        return view.hold.told_on


def test_par_05_where_no_child_died_there_is_no_review_to_link(our_world):
    case = Driven(our_world, say.refer(children=(say.child(name="Ada"),), aware_at=AWARE))
    with pytest.raises(RuleBroken, match="No child of this case died"):
        link(case)


def test_of_the_children_of_a_request_the_review_of_who_died_alone_is_asked_for(office, our_world):
    """GOV-05, PAR-05: a request says of each child whether it died; a sister who lives has none."""
    (living,) = say.request_review().model_dump(mode="json")["children"]
    both = (living | {"name": "Ada"}, living | {"name": "Bea", "died": True})
    asked = say.request_review(children=both)
    case = Driven.of(our_world, a_request(our_world, asked))
    case.do(request_consideration.consider_request, say.consider_request(), CHAIR, "2025-12-15")
    case.sign(sign_off.sign_request, "2025-12-15 11:00")
    held(office, case, "2025-12-15 12:00")
    assert Todo.LINK_DEATH_REVIEW in todos(case)
    with our_world.act(MANAGER, "2025-12-16") as work:
        row = get_case(work.session, case.case_id)
        assert [one.name for one in children_who_died(work, row)] == ["Bea"]
        opened = logged_as_referral(work, row)
    assert [getattr(one, "harm", None) for one in opened.children] == [None, Harm.DEATH]
    with pytest.raises(AnswerRefused, match="who died"):
        link(case, "Ada")
    link(case, "Bea")
    assert Todo.LINK_DEATH_REVIEW not in todos(case)
