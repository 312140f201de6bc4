"""A draft holds what its author typed, encrypted, until the act, a conflict, the end or its age."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import ProgrammingError

from services.casework.commands import Kind
from services.casework.drafts import (
    SealedDraft,
    dispose_of_drafts,
    forms_begun,
    place_of,
    save_draft,
    seal,
    unseal,
)
from services.casework.engine.transactions import as_keyline
from services.casework.steps import closing, declaration
from services.casework.steps.notification import notification_decision
from services.casework.steps.scoping import scoping
from services.database.drafts import draft_at
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.roles import Role
from services.storage import StoredContentChanged
from services.web.act_pages.registry import ACT_PAGES
from tests import factories as say
from tests.desk import Desk
from tests.driven import Driven
from tests.servers import worker_of
from tests.world import HOSPITAL, SCHOOL, someone_else

PARTNER, MANAGER = Role.SAFEGUARDING_PARTNER, Role.BUSINESS_MANAGER
CHASE = "chase"
ACT, WHEN = "give_view", "2025-12-12 11:30"
TYPED = {"position": ("agrees",), "reasons": ("Robin Example was\nseen twice.",)}


@pytest.fixture
def case(world) -> Driven:
    return Driven(world)


def begin(case, who=PARTNER, when=WHEN, once=None, **how):
    """Save what the person has typed, as a form with this key; return the key."""
    once = once or uuid4()
    with case.world.act(who, when, once=once) as work:
        place = place_of(work, ACT, case.case_id)
        content = seal(case.world.store, place, TYPED)
        save_draft(work, place, SealedDraft(content, "a version", **how))
    return once


def kept(admin, case) -> list[str]:
    """Return the drafts on the case as an administrator reads them."""
    with admin.connect() as link:
        question = text("select t::text from drafts t where case_id = :case")
        return list(link.execute(question, {"case": case.case_id}).scalars())


def begin_for(case, agency, who=MANAGER, when="2025-12-16 11:00", once=None, **how):
    """Save what the person has typed for this agency, as a form with this key; return the key."""
    once = once or uuid4()
    with case.world.act(who, when, once=once) as work:
        place = place_of(work, CHASE, case.case_id, str(agency))
        content = seal(case.world.store, place, {"agency": (str(agency),)})
        save_draft(work, place, SealedDraft(content, "a version", **how))
    return once


def begun_for(case, who=MANAGER, when="2025-12-16 11:00") -> list[str]:
    with case.world.act(who, when) as work:
        return [one.about for one in forms_begun(work)]


def begun_by(case, who, when=WHEN) -> list[str]:
    with case.world.act(who, when) as work:
        return [one.act for one in forms_begun(work)]


def give_view(case, once, *, fails=False) -> None:
    """Send the form; where it fails, after all that the act does."""
    with case.world.act(PARTNER, WHEN, once=once) as work:
        notification_decision.give_view(work, case.case_id, say.give_view())
        if fails:
            raise ZeroDivisionError


def test_what_is_typed_is_kept_encrypted_and_opens_at_its_own_place_only(case, admin_engine):
    begin(case)
    (row,) = kept(admin_engine, case)
    assert "Robin" not in row
    assert b"Robin".hex() not in row
    with case.world.act(PARTNER) as work:
        place = place_of(work, ACT, case.case_id)
        found = draft_at(work.session, place)
        assert unseal(case.world.store, found, place) == TYPED
        with pytest.raises(StoredContentChanged):
            unseal(case.world.store, found, place_of(work, "close", case.case_id))


def test_nobody_but_its_author_finds_it(case):
    begin(case)
    assert begun_by(case, PARTNER) == [ACT]
    assert begun_by(case, MANAGER) == []
    with case.world.act(PARTNER) as work:
        place = place_of(work, ACT, case.case_id)
    with case.world.act(MANAGER) as work:
        assert draft_at(work.session, place) is None


def test_it_ends_in_the_transaction_of_the_act_and_is_not_saved_again(case, admin_engine):
    once = begin(case)
    with pytest.raises(ZeroDivisionError):
        give_view(case, once, fails=True)
    assert len(kept(admin_engine, case)) == 1
    give_view(case, once)
    assert kept(admin_engine, case) == []
    with pytest.raises(AlreadyDone):
        begin(case, once=once)
    assert kept(admin_engine, case) == []


def test_what_is_saved_while_its_form_is_sent_does_not_outlive_the_act(case, admin_engine):
    once = begin(case)
    with ThreadPoolExecutor(1) as late, case.world.act(PARTNER, WHEN, once=once) as work:
        notification_decision.give_view(work, case.case_id, say.give_view())
        saving = late.submit(begin, case, once=once)
        with pytest.raises(TimeoutError):
            saving.exception(timeout=0.5)
    assert isinstance(saving.exception(timeout=10), AlreadyDone)
    assert kept(admin_engine, case) == []


def test_another_window_does_not_overwrite_it_but_the_form_that_opened_with_it(case):
    first = begin(case)
    with pytest.raises(RuleBroken, match="another window"):
        begin(case)
    second = begin(case, follows=first)
    with pytest.raises(RuleBroken, match="another window"):
        begin(case, once=first)
    begin(case, once=second)
    begin(case, replaces=True)


@pytest.fixture
def asked(case) -> Driven:
    """A case on which two agencies are asked for their returns."""
    case.decide().notify()
    both = say.request_returns(case.agency(HOSPITAL), case.agency(SCHOOL))
    case.do(scoping.request_returns, both, MANAGER, "2025-12-15")
    return case


def test_what_is_begun_for_each_of_several_things_is_kept_until_that_one_is_acted_on(asked):
    """U2: sending the one ends nothing that was typed for the other."""
    hospital, school = (asked.agency(one) for one in (HOSPITAL, SCHOOL))
    once = begin_for(asked, hospital)
    begin_for(asked, school, when="2025-12-16 11:01")
    assert begun_for(asked) == [str(school), str(hospital)]
    with asked.world.act(MANAGER, "2025-12-16 11:02", once=once) as work:
        scoping.chase(work, asked.case_id, say.chase(hospital))
    assert begun_for(asked) == [str(school)]


def test_a_form_in_which_another_thing_is_chosen_then_is_one_draft_still(asked):
    hospital, school = (asked.agency(one) for one in (HOSPITAL, SCHOOL))
    once = begin_for(asked, "")
    begin_for(asked, hospital, once=once)
    begin_for(asked, school, once=once)
    assert begun_for(asked) == [str(school)]
    later = begin_for(asked, hospital, when="2025-12-16 11:01", follows=once)
    assert begun_for(asked) == [str(hospital), str(school)], "it opened with what is another's"
    with pytest.raises(RuleBroken, match="another window"):
        begin_for(asked, school)
    with asked.world.act(MANAGER, "2025-12-16 11:02", once=later) as work:
        scoping.chase(work, asked.case_id, say.chase(hospital))
    assert begun_for(asked) == [str(school)]


def chased(case, agency, once=None, begun=None) -> None:
    """Remind the agency, by the form with this key, which was opened with that draft."""
    with case.world.act(MANAGER, "2025-12-16 11:02", once=once or uuid4()) as work:
        scoping.chase(replace(work, begun=begun), case.case_id, say.chase(agency))


def test_what_is_begun_for_none_yet_stays_when_another_form_is_sent(asked):
    """U2: it may be meant for another thing, so it ends with the forms that hold its words."""
    hospital, school = (asked.agency(one) for one in (HOSPITAL, SCHOOL))
    own = begin_for(asked, hospital)
    unsaid = begin_for(asked, "")
    chased(asked, hospital, own)
    assert begun_for(asked) == [""], "the form of the hospital held none of its words"
    chased(asked, hospital, begun=own)
    assert begun_for(asked) == [""], "opened with what has ended since"
    begin_for(asked, hospital)
    chased(asked, school, begun=unsaid)
    assert begun_for(asked) == [str(hospital)], "opened with it, and sent without saving again"
    once = begin_for(asked, "")
    chased(asked, school, once)
    assert begun_for(asked) == [str(hospital)], "saved by the form that was sent"


def test_what_a_form_was_opened_with_for_another_thing_stays(asked):
    hospital, school = (asked.agency(one) for one in (HOSPITAL, SCHOOL))
    for_hospital = begin_for(asked, hospital)
    chased(asked, school, begun=for_hospital)
    assert begun_for(asked) == [str(hospital)]


ONE_OF_MANY = frozenset(
    {
        *(Kind.AGENCY, Kind.PERSON, Kind.PARTNERSHIP, Kind.EMAIL, Kind.GRANT, Kind.ENTRY),
        *(Kind.MARK, Kind.DISPATCH, Kind.PROPOSAL, Kind.COMMENT),
    }
)
# Each says something new of the case, or names whom it has once: there are not several of them.
OF_THE_CASE = {
    "ask_question",  # a further question, whomever it is put to
    "list_gap",  # a gap of the review, whether or not one agency's report leaves it
    *("appoint_reviewer", "hold_meeting", "name_referrer"),
    *("invite_guest", "invite_participant"),  # a further person of an agency
    "list_practices",  # further practices, whoever is the lead
    "refer_out",  # a further matter, whichever agency it is left to
}


def test_every_act_on_one_of_several_things_says_which_question_names_it():
    """A form that asks which one it is about keeps a draft for each of them."""
    for name, asked in ACT_PAGES.items():
        chosen = [one.name for one in asked.questions if one.required and one.kind in ONE_OF_MANY]
        names = {one.name for one in asked.questions if one.required}
        assert asked.act.which in {"", *names}, name
        if chosen and name not in OF_THE_CASE:
            assert asked.act.which == chosen[0], name
        if asked.one_of is not None:
            assert asked.one_of.question == asked.act.which


def test_a_conflict_ends_what_its_author_began_and_nothing_of_others(case, admin_engine):
    barred = someone_else(case.world.ours.actor(PARTNER))
    begin(case)
    begin(case, barred)
    conflict = say.declare(has_conflict=True, particulars="A cousin")
    case.do(declaration.declare, conflict, barred, WHEN)
    assert len(kept(admin_engine, case)) == 1
    assert begun_by(case, PARTNER) == [ACT]


def test_closing_the_case_ends_everybodys(case, admin_engine):
    case.decide(notify=False)
    begin(case)
    begin(case, MANAGER)
    case.do(closing.close_unreviewed, say.close_unreviewed(), MANAGER, "2026-01-12")
    assert kept(admin_engine, case) == []


def test_what_is_too_old_and_of_who_is_gone_is_disposed_of_unread(case, admin_engine):
    worker = worker_of(case.world.engine)
    begin(case)
    begin(case, MANAGER, "2026-01-10")
    begin(case, someone_else(case.world.ours.actor(PARTNER)), "2026-01-10")
    desk = Desk(case.world, when="2026-01-12", workers_engine=worker)
    with as_keyline(desk, case.world.ours.partnership_id) as work:
        assert dispose_of_drafts(work) == 2
        with pytest.raises(ProgrammingError, match="denied"), work.session.begin_nested():
            work.session.execute(text("select count(*) from drafts"))
    assert len(kept(admin_engine, case)) == 1
    assert begun_by(case, MANAGER, "2026-01-12") == [ACT]


def test_too_much_is_refused_in_plain_words(case):
    with case.world.act(PARTNER) as work:
        place = place_of(work, ACT, case.case_id)
    with pytest.raises(AnswerRefused, match="too long to be saved"):
        seal(case.world.store, place, {"reasons": ("x" * 1_000_001,)})
