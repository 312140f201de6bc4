"""A search finds what the person reads on cases that are open to them, and nothing else."""

import pytest
from sqlalchemy import text

from services.casework.access.cases import case_to_read, cases_seen
from services.casework.search import SearchFound, search
from services.casework.steps import declaration, family_reading
from services.casework.steps.referral import referral_correction
from services.domain.entry_types import EntryType
from services.domain.errors import NotPermitted
from services.domain.identifiers import CaseId
from services.domain.police_marks import ListedSeat
from services.domain.roles import Actor, Permission, Role
from services.domain.searching import FoundIn, asked_in
from tests import factories as say
from tests.driven import Driven
from tests.many_cases import copy_case
from tests.marked import WHEN, Marked, met
from tests.retained import adopt_years, closed_unreviewed, dispose_of
from tests.statements import sent_by
from tests.world import HOSPITAL, SCHOOL, World

MANAGER, AGENCY, CHAIR = Role.BUSINESS_MANAGER, Role.AGENCY_LEAD, Role.REVIEW_GROUP_CHAIR
SCRUTINEER, GUEST = Role.INDEPENDENT_SCRUTINEER, Role.GUEST
JOHN = {"name": "John Ferrymann", "born_on": "2019-03-12"}
SUSPECTS = "A wardrobe toppled in the Quayside flat."
TABLES = ("declarations", "entries", "children")
SEARCHERS = tuple(
    role
    for role in Role
    if role not in {Role.GUEST, Role.PRACTITIONER, Role.SERVICE, Role.PLATFORM_ADMINISTRATOR}
)


def referred(
    world: World, when: str = "2025-12-12 11:00", *, all_declare: bool = True, **but: object
) -> Driven:
    said = {"children": (say.child(**JOHN),), "suspicion_reasons": SUSPECTS} | but
    return Driven(world, say.refer(**said), when, all_declare=all_declare)


def found(world: World, typed: str, who: Role | Actor = MANAGER, **where: object) -> SearchFound:
    with world.act(who, WHEN, **where) as work:
        told = search(work, asked_in(typed))
        work.session.expunge_all()
        return told


def ids(told: SearchFound) -> list[CaseId]:
    return [CaseId(one.case.id) for one in told.cases]


@pytest.fixture
def case(world) -> Driven:
    """The one case of which the tests know more than that it is there."""
    Driven(world, say.refer(children=(say.child(name="Somebody Else", born_on="2018-01-01"),)))
    return referred(world)


@pytest.mark.parametrize(
    "typed",
    [
        "John",
        "jhon",  # two letters changed places
        "Jon",  # one is missing
        "johnn",  # one too many
        "Ferrimann",  # another one
        "Ferry",  # the beginning
        "FERRYMANN, John",
        "12/03/2019",
        "12 March 2019",
        "2019-03-12",
        "wardrobes",  # another form of a word that was recorded
        "quayside wardrobe",
        "wardrobe Jhon 12.3.2019",  # each in another place of the case
    ],
)
def test_a_case_is_found_by_name_birthday_and_words_in_any_order(typed, case):
    told = found(case.world, typed)
    assert ids(told) == [case.case_id]
    assert (told.total, told.parts, told.to_declare) == (1, 1, ())


@pytest.mark.parametrize(
    "typed", ["Quentin", "wardrobe Quentin", "31/02/2019", "the", "%", "13/03/2019"]
)
def test_what_stands_nowhere_is_not_found(typed, case):
    assert found(case.world, typed) == SearchFound((), (), 0, 1, 1)


def test_accents_make_no_other_name(world):
    case = referred(world, children=(say.child(name="José Müller-Ångström"),))
    for typed in ("jose", "muller", "Angstrom", "Müller-Angström"):
        assert ids(found(world, typed)) == [case.case_id]


def test_a_name_of_an_earlier_referral_is_found_as_well(case):
    renamed = say.correct_referral(children=(say.child(name="Marigold Ferrymann"),))
    case.do(referral_correction.correct_referral, renamed, MANAGER, "2025-12-12 13:00")
    for typed in ("Marigold", "John"):
        assert ids(found(case.world, typed)) == [case.case_id]


def test_a_reference_is_found_and_a_case_to_declare_on_by_nothing_else(case):
    world, reference = case.world, case.row().reference
    told = found(world, reference.lower())
    assert told.cases[0].case.reference == reference
    assert told.cases[0].found_in[0] is FoundIn.REFERENCE
    hidden = Driven(
        world, say.refer(children=(say.child(name="Zora Ferrymann"),)), all_declare=False
    )
    told = found(world, hidden.row().reference)
    assert ([one.id for one in told.to_declare], ids(told)) == ([hidden.case_id], [])
    assert ids(found(world, "Ferrymann")) == [case.case_id]
    assert found(world, "Zora").to_declare == ()
    assert found(world, f"Zora {hidden.row().reference}").to_declare == ()


def test_an_agency_that_was_asked_or_referred_is_found_and_the_nearest_comes_first(case):
    school = SCHOOL.split()[0]  # Vale
    assert found(case.world, school).total == 0
    case.decide().notify().scope()
    told = found(case.world, school)
    assert ids(told) == [case.case_id]
    assert told.cases[0].agencies == (SCHOOL,)
    named = referred(case.world, children=(say.child(name="Vale Person"),))
    assert ids(found(case.world, school)) == [named.case_id, case.case_id]


def test_another_partnership_finds_nothing_of_it(case):
    world = case.world
    theirs = world.theirs.actor(MANAGER)
    for typed in ("John", "wardrobe", "12/03/2019", case.row().reference, HOSPITAL):
        assert found(world, typed, theirs).total == 0


@pytest.mark.parametrize("role", SEARCHERS)
def test_what_is_found_is_among_what_the_person_may_open(role, case):
    """Whoever searches for whatever: what is found, they may open; to no one else a search."""
    for number in range(3):
        case_now = referred(case.world, f"2025-12-1{2 + number} 12:00")
    actor = case.world.ours.actor(role)
    with case.world.act(actor, WHEN) as work:
        if not actor.may(Permission.SEARCH_CASES):
            with pytest.raises(NotPermitted):
                search(work, asked_in("John"))
            return
        opened = {one.id for one in cases_seen(work).open}
        for typed in ("John", "wardrobe", "2019", HOSPITAL, case_now.row().reference[:3]):
            told = search(work, asked_in(typed))
            assert {one.case.id for one in told.cases} <= opened
            assert told.total <= len(opened)
            for one in told.cases:
                assert case_to_read(work, CaseId(one.case.id)) == one.case


def test_who_reads_nothing_of_the_family_finds_nothing_of_it_until_the_chair_grants_it(case):
    world = case.world
    for typed in ("John", "Ferrymann", "12/03/2019", "wardrobe"):
        assert found(world, typed, SCRUTINEER).total == 0
    grant = say.grant_family_reading(world.ours.actor(SCRUTINEER).person_id)
    case.do(family_reading.grant_family_reading, grant, CHAIR, "2025-12-12 13:00")
    for typed in ("John", "Ferrymann", "12/03/2019", "wardrobe"):
        assert ids(found(world, typed, SCRUTINEER)) == [case.case_id]


def test_an_agency_finds_what_it_wrote_and_nothing_that_others_did(case):
    world = case.world
    case.decide().notify().scope()
    assert ids(found(world, "wardrobe", AGENCY, agency=HOSPITAL)) == [case.case_id]
    assert found(world, "wardrobe", AGENCY, agency=SCHOOL).total == 0
    assert found(world, SCHOOL, AGENCY, agency=SCHOOL).total == 0
    assert ids(found(world, case.row().reference, AGENCY, agency=SCHOOL)) == [case.case_id]


def test_who_declares_a_conflict_finds_it_no_more(case):
    conflict = say.declare(has_conflict=True, particulars="A cousin.")
    assert ids(found(case.world, "John")) == [case.case_id]
    other = referred(case.world, all_declare=False)
    reference = other.row().reference
    assert found(case.world, reference).to_declare
    other.do(declaration.declare, conflict, MANAGER, "2025-12-12 13:00")
    assert ids(found(case.world, "John")) == [case.case_id]
    for typed in ("John", "wardrobe", reference):
        told = found(case.world, typed)
        assert other.case_id not in {*ids(told), *(one.id for one in told.to_declare)}


def test_what_the_police_hold_back_is_found_by_the_listed_seats_alone(ready_by):
    case: Marked = ready_by(met)
    with case.world.act(MANAGER, WHEN) as work:
        name = search(work, asked_in(case.row().reference)).cases[0]
        assert name.case.id == case.case_id
    child = "Example"
    before = found(case.world, child)
    assert case.case_id in ids(before)
    case.mark(about=case.entry(EntryType.REFERRED), section=None, seats=(ListedSeat.NOTIFIER,))
    assert all(
        not one.children and EntryType.REFERRED not in {e.entry_type for e in one.entries}
        for one in found(case.world, child).cases
    )


def test_a_case_that_was_disposed_of_is_found_no_more(world):
    case = closed_unreviewed(world)
    adopt_years(world)
    assert ids(found(world, "Robin")) == [case.case_id]
    dispose_of(case)
    assert found(world, "Robin").total == 0


def test_it_asks_as_often_for_many_cases_as_for_few(case, admin_engine):
    world = case.world

    def asked() -> list[str]:
        with world.act(MANAGER, WHEN) as work, sent_by(world.engine) as sent:
            search(work, asked_in("John wardrobe 12/03/2019"))
        return sent

    few = asked()
    copy_case(admin_engine, case.case_id, 40, TABLES, "FEW")
    many = asked()
    told = found(world, "John wardrobe 12/03/2019")
    assert (told.total, len(told.cases), told.parts) == (41, 10, 5)
    assert len(many) == len(few)


def test_the_index_is_asked_and_not_every_row(case, admin_engine):
    """Under row-level security PostgreSQL would look through every row: so the functions ask."""
    world = case.world
    copy_case(admin_engine, case.case_id, 3000, TABLES, "MANY")
    told = "select idx_scan from pg_stat_user_indexes where indexrelname = :name"
    with admin_engine.connect() as link:
        link.execution_options(isolation_level="AUTOCOMMIT")
        link.execute(text("analyze entries, children"))

        def scans(name: str) -> int:
            return link.execute(text(told), {"name": name}).scalar_one()

        names = ("entries_words", "children_names")
        before = [scans(name) for name in names]
        with world.act(MANAGER, WHEN) as work:
            search(work, asked_in("Quentin"))
            work.session.execute(text("select pg_stat_force_next_flush()"))
        assert [scans(name) for name in names] > before
        for question in (
            "select from entries where sec.words_of(tenant_id, command) @@ 'quentin'::tsquery",
            "select from children where sec.name_keys(name) && array['quentin']",
        ):
            plan = link.execute(text(f"explain {question}")).scalars().all()
            assert any("Bitmap Index Scan" in line for line in plan), plan
