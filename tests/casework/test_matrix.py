"""The matrix: each act, tried by a person of each role in each relation to a case.

Who is let in does the act, which leaves one entry of its type, or is refused by a rule of the
act itself; who is not let in is answered as for a case that never was, and changes no row.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from uuid import uuid4

import pytest

from deployments.checks.figures import tell
from deployments.checks.turns import OF_ROWS
from services.casework.act import Act
from services.casework.steps.file_checks import StoredUpload, store_upload
from services.casework.steps.referral import referral
from services.casework.steps.scoping.own_files import ADD_OWN_FILE
from services.casework.steps.uploads import ADD_FILE, AddFile
from services.database.decisions import Declaration
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType, Section
from services.domain.errors import CaseworkError, DeclareFirst, NotFound, NotPermitted
from services.domain.identifiers import CaseId
from services.domain.labels import label
from services.domain.roles import Actor, Role
from services.domain.workflow import Stage
from services.storage.memory import MemoryStore
from tests import factories
from tests.declared import declare_everybody
from tests.desk import Desk
from tests.driven import Driven
from tests.kept import nothing_changes
from tests.matrix import (
    PNG,
    SHORT,
    AtTheDoor,
    Relation,
    Tally,
    entries_of,
    expected,
    may_do,
    people,
    reaches,
    row_counts,
    some,
)
from tests.roads import ROADS, Counted
from tests.valid_commands import CASE_ACTS, command_for
from tests.world import PROBATION, World, someone_else

WHEN = "2026-12-01"
OF_FILES = (ADD_FILE, ADD_OWN_FILE)
TRIED = (*CASE_ACTS, *OF_FILES)
each_act = pytest.mark.parametrize("act", TRIED, ids=lambda act: act.name)
UNKNOWN = {AtTheDoor.NO_PERMISSION, AtTheDoor.NO_SUCH_CASE}
STAND_INS = {Relation.NOT_DECLARED, Relation.CONFLICT_DECLARED}
MOST_OWN_CASES = 3  # of each person and act; the roads carry cases through every act
# Done where what it needs can be had: a mailer that refuses an email.
DONE_ELSEWHERE = {
    "settle_email": "tests/casework/test_held_emails.py",
    **dict.fromkeys(
        ("invite", "answer_invitation", "propose_sharing", "approve_sharing", "end_sharing"),
        "tests/casework/test_joint_set_up.py",
    ),
    **dict.fromkeys(
        ("comment_on_shown", "answer_comment"), "tests/casework/test_joint_comments.py"
    ),
    **dict.fromkeys(("propose_change", "answer_change"), "tests/casework/test_joint_lead.py"),
    **dict.fromkeys(
        ("invite_practitioners", "record_practitioners_there"),
        "tests/casework/test_joint_learning_event.py",
    ),
    "record_feedback_there": "tests/casework/test_joint_feedback.py",
    "ask_for_extension": "tests/casework/test_sharing_ends.py",
    "withdraw_invitation": "tests/casework/test_joint_members.py",
    "record_extra_step": "tests/casework/test_extra_clocks.py",
    "follow_policy": "tests/casework/test_policy_followed.py",
    "answer_local_test": "tests/casework/test_local_test.py",
}


class Undo(Exception):
    """Raised at the end of an act that is only tried."""


def undo() -> None:
    """End a transaction without keeping anything."""
    raise Undo


@dataclass(frozen=True)
class Place:
    """Everything that the tries of this file share."""

    world: World
    admin: object
    at_stage: dict[Stage, Driven]
    elsewhere: CaseId
    upload: StoredUpload

    def own_cases(self, act: Act, person: Actor) -> list[CaseId]:
        """Return the cases that stand where the act is open and that the person reaches."""
        cases = [self.at_stage[stage].case_id for stage in sorted(act.stages)]
        return [one for one in cases if reaches(self.admin, person, one)]


@pytest.fixture(scope="module")
def place(cases, one_world, admin_engine) -> Place:
    probation = one_world.ours.actor(Role.AGENCY_LEAD, agency=PROBATION)
    with one_world.act(probation, "2025-12-12 11:00") as work:
        elsewhere = CaseId(referral.refer(work, factories.refer()).id)
    declare_everybody(one_world, elsewhere, "2025-12-12 11:00")
    desk = Desk(one_world, MemoryStore())
    upload = store_upload(desk, one_world.ours.partnership_id, ("scan.png", PNG))
    return Place(one_world, admin_engine, cases, elsewhere, upload)


@pytest.fixture(scope="module")
def tally() -> Tally:
    return Tally()


def stand_in(work: UnitOfWork, case_id: CaseId, relation: Relation) -> None:
    """Appoint the actor, where that is how they come to the case, and have a conflict declared."""
    actor = work.actor
    if actor.role is Role.LEAD_REVIEWER:
        work.session.add(
            Entry(
                tenant_id=actor.partnership_id,
                case_id=case_id,
                number=10_000,
                act="appoint_reviewer",
                entry_type=EntryType.REVIEWER_APPOINTED,
                section=Section.TERMS,
                command=factories.appoint_reviewer(actor.person_id).model_dump(mode="json"),
                person_id=actor.person_id,
                role=Role.BUSINESS_MANAGER,
                at=work.now,
            )
        )
    if relation is Relation.CONFLICT_DECLARED:
        work.session.add(
            Declaration(
                tenant_id=actor.partnership_id,
                case_id=case_id,
                person_id=actor.person_id,
                has_conflict=True,
                closes=True,
                particulars="A cousin of the family.",
                keeps_confidential=True,
                agreement=1,
                at=work.now,
            )
        )
    work.session.flush()


def tried(
    place: Place, act: Act, who: tuple[Actor, Relation], case_id: CaseId
) -> CaseworkError | None:
    """Try the act and undo it; return how it was refused, or prove what it leaves behind."""
    actor, relation = who
    command = AddFile(title="A paper") if act in OF_FILES else command_for(act, place.world)
    more = (place.upload,) if act in OF_FILES else ()
    try:
        with place.world.act(actor, WHEN) as work:
            if relation in STAND_INS:
                stand_in(work, case_id, relation)
            before = entries_of(work.session, case_id)
            act.perform(work, case_id, command, *more)
            work.session.flush()
            left = entries_of(work.session, case_id) - before
            assert left.total() == 1, (act.name, left)
            assert set(left) <= {one.value for one in act.entries}
            undo()
    except Undo:
        return None
    except CaseworkError as error:
        return error


def door(error: CaseworkError | None, act: Act) -> AtTheDoor:
    """Return what the door said; a refusal by a rule of the act itself was let in."""
    if isinstance(error, DeclareFirst):
        return AtTheDoor.DECLARE_FIRST
    if isinstance(error, NotFound) and str(error) == "There is no such case.":
        return AtTheDoor.NO_SUCH_CASE
    if isinstance(error, NotPermitted) and "You declared a conflict" in str(error):
        return AtTheDoor.CONFLICT
    if isinstance(error, NotPermitted) and f"may not {label(act.permission)}." in str(error):
        return AtTheDoor.NO_PERMISSION
    return AtTheDoor.LET_IN


def relations(place: Place, act: Act) -> Iterator[tuple[Actor, Relation, CaseId]]:
    """Return each person in each relation that they can have to a case where the act is open."""
    here = place.at_stage[min(act.stages)].case_id
    strangers = people(place.world.theirs)
    for name, person in people(place.world.ours).items():
        own = place.own_cases(act, person) or [here]
        may = may_do(act, person)
        for case_id in own[:MOST_OWN_CASES] if may else own[:1]:
            yield person, Relation.OWN_CASE, case_id
        yield person, Relation.OTHER_CASE, place.elsewhere
        for relation in sorted(STAND_INS):
            yield someone_else(person), relation, own[0]
        if person.role is Role.AGENCY_LEAD:
            is_asked = reaches(place.admin, person, here)
            yield person, Relation.OTHER_AGENCY, place.elsewhere if is_asked else here
        yield strangers[name], Relation.OTHER_PARTNERSHIP, own[0]


def tries(place: Place, act: Act, *, whole: bool) -> list[tuple[Actor, Relation, CaseId]]:
    """Return whom to let try: in the short form some, and the first who may do it on their own."""
    found = list(relations(place, act))
    may = (one for one in found if one[1] is Relation.OWN_CASE and may_do(act, one[0]))
    first = list(islice(may, MOST_OWN_CASES))
    return list(dict.fromkeys([*first, *some(found, act.name, whole=whole)]))


def must_be(place: Place, act: Act, who: tuple[Actor, Relation], case_id: CaseId) -> AtTheDoor:
    """Return what the law says becomes of the person at the door of the case."""
    actor, relation = who
    appointed = relation in STAND_INS and actor.role is Role.LEAD_REVIEWER
    in_reach = appointed or reaches(place.admin, actor, case_id)
    return expected(act, actor, relation, in_reach=in_reach)


def answer_for_a_random_id(
    place: Place, act: Act, known: dict[object, object], due: AtTheDoor, actor: Actor
) -> object:
    """Return what the person is told of a case that never was; once a role without permission."""
    asker = actor.role if due is AtTheDoor.NO_PERMISSION else actor
    if asker not in known:
        none = tried(place, act, (actor, Relation.OTHER_CASE), CaseId(uuid4()))
        known[asker] = (type(none), str(none))
    return known[asker]


@pytest.mark.in_turns
@each_act
def test_an_act_lets_in_whom_the_law_lets_in_and_leaves_nothing_of_a_refusal(
    act, place, tally, is_whole
):
    nobodys = partial(answer_for_a_random_id, place, act, {})
    with nothing_changes(place.admin, place.world):
        before = row_counts(place.admin)
        for actor, relation, case_id in tries(place, act, whole=is_whole):
            due = must_be(place, act, (actor, relation), case_id)
            error = tried(place, act, (actor, relation), case_id)
            assert door(error, act) is due, (act.name, actor, relation, error)
            tally.counts[f"tried as {relation}"] += 1
            if due is AtTheDoor.LET_IN:
                tally.counts["done" if error is None else "let in and refused by a rule"] += 1
                tally.done |= {act.name} if error is None else set()
                continue
            tally.counts[f"refused: {due}"] += 1
            assert (type(error), str(error)) == nobodys(due, actor) or due not in UNKNOWN
            tally.counts["equal to the answer for a random id"] += due in UNKNOWN
        assert row_counts(place.admin) == before
    tally.acts.add(act.name)


@pytest.mark.in_turns
def test_every_act_is_done_and_leaves_one_entry_of_its_own_type(one_world, tally):
    carried = [road(one_world, Counted) for road in ROADS]
    tally.done |= set().union(*(case.done for case in carried))
    assert tally.acts - tally.done == tally.acts & set(DONE_ELSEWHERE)


@pytest.mark.slow
def test_the_matrix_says_what_it_tried(tally, capsys, record_property, is_whole):
    if len(tally.acts) < len(TRIED) // OF_ROWS:
        pytest.skip("only some of the acts were tried")
    with capsys.disabled():
        tell(f"matrix of acts: {tally.said()}")
    record_property("matrix", tally.said())
    assert {f"tried as {one}" for one in Relation} <= tally.counts.keys()
    part = 1 if is_whole else SHORT
    assert tally.counts["done"] * part > len(tally.acts)
    assert tally.counts["equal to the answer for a random id"] * part > 20 * len(tally.acts)
