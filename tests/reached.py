"""A case that has come to a stage by everybody's acts."""

from collections.abc import Callable
from itertools import pairwise

from services.casework.steps.notification import looked_after_death
from services.casework.steps.sign_off import sign_off
from services.domain.dispatches import Notice
from services.domain.identifiers import CaseId
from services.domain.roles import Role
from services.domain.workflow import PanelAnswer, Stage
from tests import factories
from tests.driven import Driven
from tests.joint_stages import an_invitation, join_a_review
from tests.logged import a_lead, a_request
from tests.world import World


def in_repository(case: Driven, when: str = "2026-07-03") -> Driven:
    """Have the published report read, and sent to the national repository (PUB-30)."""
    return case.send_out(when, Notice.REPORT_PUBLISHED)


_ROAD: tuple[tuple[Stage, Callable[[Driven], object]], ...] = (
    (Stage.TO_BE_NOTIFIED, lambda case: case.decide()),
    (Stage.RAPID_REVIEW, lambda case: case.notify().scope()),
    (Stage.WITH_PANEL, lambda case: case.review()),
    (Stage.COMMISSIONING, lambda case: case.answer()),
    (Stage.LOCAL_REVIEW, lambda case: case.commission()),
    (
        Stage.PUBLICATION,
        lambda case: case.report().draft().sign(sign_off.sign_report, "2026-06-01"),
    ),
    (Stage.EMBEDDING, lambda case: in_repository(case.plan().publish())),
    (Stage.CLOSED, lambda case: case.embed().close()),
)

_STAGES = (Stage.REFERRED, *(then for then, _ in _ROAD))
STAGE_BEFORE = {later: earlier for earlier, later in pairwise(_STAGES)}

_BEGUN: dict[Stage, Callable[[World], CaseId]] = {
    Stage.INVITED: an_invitation,
    Stage.LEAD: a_lead,
    Stage.REQUESTED: a_request,
}


def reach(world: World, stage: Stage) -> Driven:
    """Return a case that has come to the stage by everybody's acts."""
    if stage in _BEGUN:
        return Driven.of(world, _BEGUN[stage](world))
    if stage is Stage.JOINT_REVIEW:
        case = Driven(world).decide().notify()
        join_a_review(world, case.case_id)
        return case
    case = Driven(world)
    if stage is Stage.NOT_NOTIFIED:
        return case.decide(notify=False)
    if stage is Stage.NATIONAL_REVIEW:
        return reach(world, Stage.WITH_PANEL).answer(PanelAnswer.RUNS_NATIONAL)
    if stage is Stage.LOOKED_AFTER_DEATH:
        return _a_looked_after_death(world)
    return carry_on(case, stage)


def carry_on(case: Driven, stage: Stage) -> Driven:
    """Carry a case from where it stands on the road to a later stage, by everybody's acts."""
    for then, step in _ROAD[_STAGES.index(case.stage()) :]:
        if case.stage() is stage:
            break
        step(case)
        assert case.stage() is then
    assert case.stage() is stage
    return case


def _a_looked_after_death(world: World) -> Driven:
    command = factories.refer(
        harm="death",
        suspicion="neither",
        children=(factories.child(statuses=("looked_after",)),),
        aware_at="2025-12-11",
    )
    case = Driven(world, command).be_aware("2025-12-12 11:30")
    told = factories.record_looked_after_death(sent_at="2025-12-12 12:00")
    case.do(looked_after_death.record_looked_after_death, told, Role.NOTIFIER, "2025-12-12 12:00")
    return case


def decision_put(case: Driven) -> Driven:
    """Hold the meeting of a case in its rapid review, and put the decision to the partners.

    For `case_at(Stage.RAPID_REVIEW, decision_put)`.
    """
    return case.meet().propose()


def decision_signed(case: Driven) -> Driven:
    """Have all partners sign the rapid review besides, on Monday 5 January; it is not sent yet."""
    return decision_put(case).sign(sign_off.sign_rapid_review, "2026-01-05")
