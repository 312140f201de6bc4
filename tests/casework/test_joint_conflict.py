"""A conflict declared on one side of a joint review closes the case rows of all sides (LC-02)."""

from dataclasses import replace

import pytest
from sqlalchemy import text

from services.casework.access.audit import open_to_actor
from services.casework.access.cases import case_in_sight, case_to_read, cases_seen
from services.casework.access.shown_cases import shown_to_actor
from services.casework.acts import ACTS
from services.casework.provisioning import PersonToFound, person_id_of
from services.casework.steps import declaration
from services.database.decisions import cases_closed, conflicted_beside
from services.database.engine import working_for
from services.database.outbox import case_emails
from services.domain.errors import NotFound, NotPermitted
from services.domain.joint_reviews import JointAnswer, JointPart
from services.domain.roles import Actor, Role, Seat
from services.domain.workflow import Stage
from tests import factories
from tests.driven import Driven
from tests.joint import Joint
from tests.kept import tenant_tables
from tests.world import World, found_on

CLOSED = "You declared a conflict: this case is not available"
CONFLICT = {"has_conflict": True, "particulars": "A relative"}


class Shared(Joint):
    """A joint review in which one person serves both sides: here a partner, there a manager."""

    def __init__(self, world: World) -> None:
        email = f"both.{world.ours.code.lower()}@force.example"
        for side, role in (
            (world.ours, Role.REVIEW_GROUP_MEMBER),
            (world.theirs, Role.BUSINESS_MANAGER),
        ):
            person = PersonToFound(
                email=email,
                name="Example both",
                role=role,
                password="a-made-up-password",  # noqa: S106 -- of a made-up person
            )
            found_on(world.engine, replace(side.founding(), people=(person,)))
        self.email = email
        super().__init__(world)

    @property
    def here(self) -> Actor:
        return self._as(self.world.ours.actor(Role.REVIEW_GROUP_MEMBER))

    @property
    def there(self) -> Actor:
        return self._as(self.theirs.actor(Role.BUSINESS_MANAGER))

    def _as(self, actor: Actor) -> Actor:
        return replace(actor, person_id=person_id_of(self.email))

    def say(self, actor: Actor, case_id, **said) -> None:
        with self.world.act(actor, self.when) as work:
            declaration.declare(work, case_id, factories.declare(**said))


@pytest.fixture
def shared(ready_by) -> Shared:
    return ready_by(Shared)


@pytest.fixture
def joined(ready_by) -> Shared:
    """Such a review, which the other side has joined."""
    return ready_by(Shared, Shared.joined)


def is_closed(shared: Shared, actor: Actor, case_id) -> None:
    """Check that the person is told so by every door, and that no list holds the case."""
    with shared.world.act(actor, shared.when) as work:
        for ask in (case_in_sight, case_to_read):
            with pytest.raises(NotPermitted, match=CLOSED):
                ask(work, case_id)
        with pytest.raises(NotPermitted, match=CLOSED):
            ACTS["declare"].perform(work, case_id, factories.declare())
        seen = cases_seen(work)
        assert case_id not in {one.id for one in (*seen.open, *seen.to_declare)}
        assert case_id not in open_to_actor(work)


@pytest.mark.parametrize("part", [JointPart.CONSULTED, JointPart.JOINTLY_DECIDING])
def test_declared_here_it_closes_the_row_over_there(shared, part):
    theirs = shared.joined(part)
    shared.say(shared.there, theirs)
    shared.say(shared.here, shared.case_id, **CONFLICT)
    is_closed(shared, shared.there, theirs)
    is_closed(shared, shared.here, shared.case_id)


def test_declared_over_there_it_closes_the_row_here(joined):
    theirs = joined.theirs_case
    joined.say(joined.here, joined.case_id)
    joined.say(joined.there, theirs, **CONFLICT)
    is_closed(joined, joined.here, joined.case_id)


def test_it_closes_what_the_other_side_shows_as_well(joined):
    theirs = joined.theirs_case
    joined.say(joined.there, theirs)
    with joined.world.act(joined.there, joined.when) as work:
        assert shown_to_actor(work, joined.case_id)
    joined.say(joined.here, joined.case_id, **CONFLICT)
    with joined.world.act(joined.there, joined.when) as work, pytest.raises(NotFound):
        shown_to_actor(work, joined.case_id)


def test_it_closes_the_invitation_before_it_is_answered_and_a_case_that_joins(shared):
    shared.say(shared.here, shared.case_id, **CONFLICT)
    swapped = replace(shared.world, ours=shared.theirs, theirs=shared.world.ours)
    own = Driven(swapped).decide().notify()
    shared.say(shared.there, own.case_id)
    opened = shared.invited()
    is_closed(shared, shared.there, opened)
    with shared.world.act(shared.there, shared.when) as work:
        assert case_to_read(work, own.case_id).stage is Stage.RAPID_REVIEW
    shared.answer(opened, JointAnswer.ACCEPTED, own_case=own.row().reference)
    is_closed(shared, shared.there, own.case_id)


def test_another_case_of_the_partnership_stays_open(joined):
    theirs = joined.theirs_case
    joined.say(joined.there, theirs, **CONFLICT)
    other = Driven(joined.world)
    joined.say(joined.here, other.case_id)
    with joined.world.act(joined.here, joined.when) as work:
        assert case_to_read(work, other.case_id)


def test_under_their_own_signed_context_no_row_of_either_side_is_found(joined, platform_postgres):
    theirs = joined.theirs_case
    joined.say(joined.there, theirs)
    joined.say(joined.here, joined.case_id, **CONFLICT)
    admin_engine = platform_postgres.admin_of(joined.world.engine)
    with admin_engine.connect() as link:
        found = text(
            "select table_name from information_schema.columns where column_name = 'case_id'"
            " and table_schema = 'public'"
        )
        of_cases = set(link.execute(found).scalars()) & set(tenant_tables(admin_engine))
    for actor in (joined.here, joined.there):
        signed = working_for(joined.world.engine, actor.partnership_id, actor.person_id)
        with signed.connect() as link:
            rows = [(theirs, joined.case_id)]
            for table, column in (("cases", "id"), *((one, "case_id") for one in of_cases)):
                whose = " and person_id <> sec.person()" if table == "declarations" else ""
                count = text(f"select count(*) from {table} where {column} = any (:ids){whose}")  # noqa: S608 -- names from the catalogue
                assert link.execute(count, {"ids": list(rows[0])}).scalar_one() == 0, table


def test_who_shares_the_case_is_told_nothing_of_it_any_more_and_colleagues_are(joined):
    theirs = joined.theirs_case
    joined.say(joined.there, theirs)
    joined.say(joined.here, joined.case_id, **CONFLICT)
    joined.end_sharing()
    joined.settle()
    manager = joined.theirs.actor(Role.BUSINESS_MANAGER)
    with joined.world.act(manager, joined.when) as work:
        told = {
            one.address for one in case_emails(work.session, theirs) if one.event == "showing_ended"
        }
        to_them = [
            one.event for one in case_emails(work.session, theirs) if one.address == joined.email
        ]
    assert told == {
        joined.theirs.email(Role.BUSINESS_MANAGER),
        joined.theirs.email(Role.REVIEW_GROUP_CHAIR),
    }
    assert "showing_ended" not in to_them


def test_of_others_people_a_partnership_learns_no_conflict(joined):
    """Only who serves it too is named, and only beside its own case."""
    theirs = joined.theirs_case
    police = joined.world.ours.actor(Role.SAFEGUARDING_PARTNER, Seat.POLICE)
    alone = replace(police, person_id=person_id_of("alone@ours.example"))
    joined.say(alone, joined.case_id, **CONFLICT)
    joined.say(joined.here, joined.case_id, **CONFLICT)
    person = {joined.there.person_id}
    with joined.world.act(joined.theirs.actor(Role.BUSINESS_MANAGER), joined.when) as work:
        assert conflicted_beside(work.session, theirs) == person
        assert conflicted_beside(work.session, joined.case_id) == set()
        assert cases_closed(work.session) == set()
    with joined.world.act(Role.BUSINESS_MANAGER, joined.when) as work:
        assert conflicted_beside(work.session, joined.case_id) == set(), "declared on our own row"


def test_to_a_stranger_there_is_still_no_such_case(joined):
    theirs = joined.theirs_case
    joined.say(joined.there, theirs, **CONFLICT)
    with joined.world.act(Role.BUSINESS_MANAGER, joined.when) as work, pytest.raises(NotFound):
        case_in_sight(work, theirs)
