"""What holds for every act alike: who may do it, at which stage, on whose case, how often."""

import re
from dataclasses import replace
from uuid import uuid4

import pytest

from services.casework.act import Act
from services.casework.steps.notification import awareness, notification_decision
from services.casework.steps.referral import referral
from services.domain.errors import (
    AlreadyDone,
    CaseworkError,
    FormUsedOtherwise,
    NotFound,
    NotPermitted,
    ProveAgain,
    StepNotOpen,
)
from services.domain.identifiers import CaseId
from services.domain.labels import label
from services.domain.roles import DECISIONS, ROLE_PERMISSIONS, Permission, Role
from services.domain.workflow import Stage
from tests import factories
from tests.driven import Driven
from tests.kept import nothing_changes
from tests.valid_commands import CASE_ACTS, command_for, who_does
from tests.world import SCHOOL

WHEN = "2026-12-01"
each_act = pytest.mark.parametrize("act", CASE_ACTS, ids=lambda act: act.name)


class Undo(Exception):
    """Raised at the end of an act that is only tried."""


def undo() -> None:
    """End a transaction without keeping anything."""
    raise Undo


def tried(case: Driven, act: Act, **where: object) -> CaseworkError | None:
    """Try the act on the case and undo it; return how it was refused, if it was."""
    agency = SCHOOL if who_does(act) is Role.AGENCY_LEAD else None
    try:
        with case.world.act(who_does(act), WHEN, agency=agency, **where) as work:
            act.perform(work, case.case_id, command_for(act, case.world))
            undo()
    except Undo:
        return None
    except CaseworkError as error:
        return error


@pytest.mark.in_turns
@each_act
def test_a_role_without_the_permission_does_nothing(act, cases, one_world, admin_engine):
    command, case = command_for(act, one_world), cases[min(act.stages)]
    without = [role for role in Role if act.permission not in ROLE_PERMISSIONS[role]]
    with nothing_changes(admin_engine, one_world):
        for role in without:
            with (
                pytest.raises(NotPermitted, match=re.escape(label(act.permission))),
                one_world.act(one_world.ours.actor(role), WHEN) as work,
            ):
                act.perform(work, case.case_id, command)


@each_act
def test_a_decision_asks_for_a_proof_that_is_not_old_and_no_other_act_does(act, cases):
    """Which acts decide is one list of permissions, asked where every act begins (0066)."""
    case, agency = cases[min(act.stages)], SCHOOL if who_does(act) is Role.AGENCY_LEAD else None
    refused: CaseworkError | None = None
    try:
        with case.world.act(who_does(act), WHEN, agency=agency) as work:
            old = replace(work, proof_is_old=True)
            act.perform(old, case.case_id, command_for(act, case.world))
            undo()
    except Undo:
        pass
    except CaseworkError as error:
        refused = error
    assert isinstance(refused, ProveAgain) is (act.permission in DECISIONS)


def test_the_decisions_are_those_of_the_page_on_them():
    decide = {act.name for act in CASE_ACTS if act.decides}
    assert {"decide_to_notify", "sign_rapid_review", "submit", "close", "act_formally"} <= decide
    assert not {"give_view", "request_scoping", "submit_return", "record_meeting"} & decide


@pytest.mark.parametrize(
    "role", [role for role in Role if Permission.REFER not in ROLE_PERMISSIONS[role]]
)
def test_a_role_that_may_not_refer_opens_no_case(role, one_world, admin_engine):
    with (
        nothing_changes(admin_engine, one_world),
        pytest.raises(NotPermitted),
        one_world.act(one_world.ours.actor(role), WHEN) as work,
    ):
        referral.refer(work, factories.refer())


@pytest.mark.in_turns
@each_act
def test_an_act_is_open_at_its_stages_only_and_says_where_the_case_is(
    act, cases, one_world, admin_engine
):
    shut = set(Stage) - act.stages
    with nothing_changes(admin_engine, one_world):
        refusals = {stage: tried(cases[stage], act) for stage in shut}
    assert {type(refusal) for refusal in refusals.values()} <= {StepNotOpen, NotFound}
    for stage, refusal in refusals.items():
        out_of_reach = isinstance(refusal, NotFound)  # of an agency not asked, or not appointed
        assert out_of_reach or label(stage) in str(refusal) or "reviewed case" in str(refusal)


@pytest.mark.in_turns
@each_act
def test_an_act_on_another_partnerships_case_finds_none(act, cases, one_world, admin_engine):
    command, case = command_for(act, one_world), cases[min(act.stages)]
    stranger = one_world.theirs.actor(who_does(act))
    with (
        nothing_changes(admin_engine, one_world),
        pytest.raises(NotFound, match="no such case"),
        one_world.act(stranger, WHEN) as work,
    ):
        act.perform(work, case.case_id, command)


def test_an_act_on_a_case_that_never_was_finds_none(one_world):
    with pytest.raises(NotFound), one_world.act(Role.NOTIFIER, WHEN) as work:
        awareness.record_awareness(work, CaseId(uuid4()), factories.record_awareness())


def test_an_actor_with_another_partnerships_id_still_finds_no_case_of_ours(cases, one_world):
    ours = one_world.ours.actor(Role.NOTIFIER)
    moved = replace(ours, partnership_id=one_world.theirs.partnership_id)
    with pytest.raises(NotFound), one_world.act(moved, WHEN) as work:
        awareness.record_awareness(
            work, cases[Stage.REFERRED].case_id, factories.record_awareness()
        )


@pytest.mark.in_turns
@each_act
def test_a_forms_key_is_bound_to_act_case_and_command(act, cases, one_world, admin_engine):
    case, form = cases[Stage.REFERRED], uuid4()
    view = factories.give_view()
    case.do(notification_decision.give_view, view, Role.SAFEGUARDING_PARTNER, WHEN, once=form)
    with nothing_changes(admin_engine, one_world):
        refusals = {stage: type(tried(cases[stage], act, once=form)) for stage in act.stages}
    is_same_act = act is notification_decision.GIVE_VIEW
    assert not is_same_act or refusals.pop(Stage.REFERRED) is AlreadyDone
    assert set(refusals.values()) <= {FormUsedOtherwise, NotFound}
    # Nobody is invited to a learning event on these cases: tests/casework/test_participants.py.
    assert FormUsedOtherwise in refusals.values() or who_does(act) is Role.PRACTITIONER


def test_a_forms_key_with_other_words_or_on_another_case_is_refused_in_plain_words(
    cases, one_world, admin_engine
):
    case, other, form = cases[Stage.REFERRED], Driven(one_world), uuid4()
    case.do(
        notification_decision.give_view,
        factories.give_view(),
        Role.SAFEGUARDING_PARTNER,
        WHEN,
        once=form,
    )
    changed = factories.give_view(reasons="Other words than before.")
    for where, command in ((case, changed), (other, factories.give_view())):
        with (
            nothing_changes(admin_engine, one_world),
            pytest.raises(FormUsedOtherwise, match="What it says now is not"),
        ):
            where.do(
                notification_decision.give_view, command, Role.SAFEGUARDING_PARTNER, WHEN, once=form
            )


def test_a_referral_sent_twice_is_one_case(world, admin_engine):
    form = uuid4()
    with world.act(Role.AGENCY_LEAD, WHEN, once=form) as work:
        referral.refer(work, factories.refer())
    with (
        nothing_changes(admin_engine, world),
        pytest.raises(AlreadyDone),
        world.act(Role.AGENCY_LEAD, WHEN, once=form) as work,
    ):
        referral.refer(work, factories.refer())


def test_a_forms_key_in_one_partnership_means_nothing_in_another(world):
    form = uuid4()
    for side in (world.ours, world.theirs):
        with world.act(side.actor(Role.AGENCY_LEAD), WHEN, once=form) as work:
            assert referral.refer(work, factories.refer()).reference.endswith("-001")
