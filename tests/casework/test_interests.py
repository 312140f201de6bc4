"""A declared interest is decided by somebody else, and until then somebody else acts (G7)."""

from dataclasses import replace

import pytest

from services.casework.access.cases import case_to_read
from services.casework.access.parts import todos_seen
from services.casework.provisioning import person_id_of
from services.casework.steps import declaration
from services.casework.steps.notification import awareness, notification_decision
from services.casework.steps.sign_off import sign_off
from services.database.decisions import declaration as declared_by
from services.database.decisions import settle_interest
from services.database.history import all_of
from services.domain.confidentiality import IN_FORCE
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused, NotPermitted, RuleBroken
from services.domain.parties import Party
from services.domain.roles import Actor, Role, Seat
from services.web.view_models.unfilled import unfilled_posts
from tests import factories as say
from tests.declared import declare_everybody
from tests.driven import Driven
from tests.interested import asked, decides, is_open
from tests.kept import nothing_changes
from tests.road_of_interests import WHEN, with_an_interest
from tests.world import World, found_on

MANAGER, CHAIR = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR
PARTNER, NOTIFIER = Role.SAFEGUARDING_PARTNER, Role.NOTIFIER
INTEREST = say.declare(has_conflict=True, particulars="A neighbour of the family.")


def second(world: World, role: Role, seat: Seat | None = None) -> Actor:
    """Another person on record in the same post."""
    ours = world.ours
    email = f"second.{seat or role}@{ours.domain}"
    if seat is None:
        usual = next(one for one in ours.founding().people if one.role is role)
    else:
        usual = ours.partner_to_found(Party(ours.partnership_id, seat))
    found = replace(usual, email=email, name="Example second")
    found_on(world.engine, replace(ours.founding(), people=(found,)))
    return replace(ours.actor(role, seat), person_id=person_id_of(email))


def declares(world: World, who: Actor) -> Driven:
    """A case on which this person declares an interest, and everybody else none."""
    case = Driven(world, all_declare=False)
    case.do(declaration.declare, INTEREST, who, WHEN)
    declare_everybody(world, case.case_id, WHEN, Role.AGENCY_LEAD)
    return case


def unfilled(case: Driven, who: Role = CHAIR, when: str = WHEN) -> list[str]:
    with case.world.act(who, when) as work:
        seen = todos_seen(work)
        return [one.what for one in unfilled_posts(work, [*seen.mine, *seen.others])]


def test_a_lead_decides_on_a_partner_the_case_opens_and_closes_again(world):
    """G7: until it is decided the person reads nothing; it may be decided again."""
    case, police = with_an_interest(world), world.ours.partner(Seat.POLICE)
    assert asked(case) == {(MANAGER, str(police.person_id))}
    assert not is_open(case, police)
    for takes_part in (True, False, True):
        decides(case, MANAGER, police, takes_part=takes_part)
        assert (is_open(case, police), asked(case)) == (takes_part, set())
    with world.act(police, WHEN) as work:
        told = all_of(work.session, case.case_id, EntryType.INTEREST_DECIDED)
        assert [one.command["takes_part"] for one in told] == [True, False, True]
        assert {one.subject for one in told} == {str(police.person_id)}
        assert all(one.command["reasons"] and one.command["decided_by"] for one in told)


@pytest.mark.parametrize(
    ("whose", "by"), [(MANAGER, CHAIR), (CHAIR, PARTNER), (NOTIFIER, MANAGER), (NOTIFIER, CHAIR)]
)
def test_each_is_decided_by_whoever_is_asked_or_stands_in(whose, by, world):
    """G7: of the manager the chair, of the chair the partners, of the notifier their own lead."""
    who = world.ours.actor(whose)
    case = declares(world, who)
    decides(case, by, who)
    assert is_open(case, who)


@pytest.mark.parametrize(
    ("whose", "by"), [(MANAGER, PARTNER), (CHAIR, MANAGER), (PARTNER, PARTNER)]
)
def test_nobody_else_decides(whose, by, world, admin_engine):
    """G7: the manager is not decided on by a partner, nor the chair by the manager."""
    who = world.ours.actor(whose)
    case = declares(world, who)
    other = world.ours.partner(Seat.POLICE) if by is PARTNER else by
    with nothing_changes(admin_engine, world), pytest.raises(NotPermitted, match="put before"):
        decides(case, other, who)


@pytest.mark.parametrize(
    ("whose", "by", "but"),
    [
        (PARTNER, MANAGER, {"decided_by": None}),
        (PARTNER, MANAGER, {"decided_by": "example local.authority, myself"}),
        (PARTNER, MANAGER, {"managed": None}),
        (CHAIR, PARTNER, {"all_agree": False}),
    ],
)
def test_a_decision_names_its_lead_says_what_is_managed_and_is_of_all_partners(
    whose, by, but, world
):
    """G7: nobody decides on their own, and who takes part is managed."""
    who = world.ours.actor(whose)
    case = declares(world, who)
    other = world.ours.partner(Seat.POLICE) if by is PARTNER else by
    with pytest.raises(AnswerRefused) as refused:
        decides(case, other, who, **but)
    assert [refused.value.field] == [*but]


def test_nobody_takes_part_who_has_not_agreed_to_keep_it_confidential(world):
    """LC-01: no decision takes the place of the agreement."""
    police = world.ours.partner(Seat.POLICE)
    case = Driven(world, all_declare=False)
    without = say.declare(has_conflict=True, particulars="A cousin.", keeps_confidential=False)
    case.do(declaration.declare, without, police, WHEN)
    declare_everybody(world, case.case_id, WHEN, Role.AGENCY_LEAD)
    with pytest.raises(AnswerRefused) as refused:
        decides(case, MANAGER, police)
    assert refused.value.field == "takes_part"


def test_who_takes_part_decides_on_no_interest_of_their_own_by_the_database_either(world):
    """G7: the act refuses it, and the function of the database settles none of its caller."""
    who = world.ours.actor(CHAIR)
    case = declares(world, who)
    decides(case, PARTNER, who)
    with pytest.raises(AnswerRefused, match="of their own"):
        decides(case, who, who, takes_part=False)
    with world.act(who, WHEN) as work:
        own = declared_by(work.session, case.case_id, who.person_id)
        assert own is not None
        assert not settle_interest(work.session, own, closes=True)
        assert not own.closes


def test_of_another_role_nobody_is_asked_and_nobody_decides(world):
    """LC-02: an agency's or a member's interest closes the case to them."""
    member = world.ours.actor(Role.REVIEW_GROUP_MEMBER)
    case = declares(world, member)
    assert asked(case) == set()
    with pytest.raises(RuleBroken, match="stays closed"):
        decides(case, CHAIR, member)


def test_the_deputy_of_the_authority_decides_on_notifying_meanwhile(world):
    """G7, K1: a declared interest of the authority's notifier stops nothing."""
    who = world.ours.actor(NOTIFIER)
    case = declares(world, who)
    assert unfilled(case) == ["Nobody can decide for the local authority"]
    deputy = second(world, NOTIFIER)
    case.do(declaration.declare, say.declare(), deputy, WHEN)
    assert unfilled(case) == []
    case.do(awareness.record_awareness, say.record_awareness(), deputy, WHEN)
    decided = say.decide_to_notify()
    case.do(notification_decision.decide_to_notify, decided, deputy, "2025-12-12 13:00")
    assert not is_open(case, who)


def test_the_seat_of_a_barred_partner_is_signed_for_by_a_delegate(world):
    """G7, GOV-12: without one, those who read every case are told that nobody can sign."""
    case, police = with_an_interest(world), world.ours.partner(Seat.POLICE)
    decides(case, MANAGER, police, takes_part=False)
    case.decide("2025-12-12 13:00").notify().scope().meet().propose()
    when = "2026-01-05"
    assert "Nobody can sign for police" in unfilled(case, when=when)
    with pytest.raises(NotPermitted, match="not available"):
        case.do(sign_off.sign_rapid_review, say.sign(), police, when)
    delegate = second(world, PARTNER, Seat.POLICE)
    assert unfilled(case, when=when) == []
    case.do(declaration.declare, say.declare(), delegate, when)
    case.do(sign_off.sign_rapid_review, say.sign(), delegate, when)
    with world.act(delegate, when) as work:
        case_to_read(work, case.case_id)


def test_without_the_agreement_nothing_is_declared_and_the_case_stays_shut(world):
    """LC-01, G7: who does not agree to keep the case confidential declares nothing."""
    case, police = Driven(world, all_declare=False), world.ours.partner(Seat.POLICE)
    with pytest.raises(AnswerRefused, match="Agree to keep the case confidential"):
        case.do(declaration.declare, say.declare(keeps_confidential=False), police, WHEN)
    assert not is_open(case, police)


def test_the_version_of_the_agreement_is_kept_with_the_declaration(world):
    """LC-01: which text was agreed to, and when; of who did not agree, none."""
    case, hospital = Driven(world, all_declare=False), world.ours.actor(Role.AGENCY_LEAD)
    refusing = world.ours.partner(Seat.POLICE)
    without = say.declare(has_conflict=True, particulars="A cousin.", keeps_confidential=False)
    case.do(declaration.declare, without, refusing, WHEN)
    case.do(declaration.declare, say.declare(), MANAGER, WHEN)
    with world.act(MANAGER, WHEN) as work:
        kept = [
            declared_by(work.session, case.case_id, one.person_id)
            for one in (hospital, world.ours.actor(MANAGER), refusing)
        ]
        assert [one and one.agreement for one in kept] == [IN_FORCE.version, IN_FORCE.version, 0]
