"""Every act on a case: who does it, with which permission, and at which stages it is open."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import services.casework
from services.casework.commands import Command
from services.casework.steps import (
    agency_reports,
    commissioning,
    delay,
    held_emails,
    learning,
    meeting,
    notification,
    panel,
    publication,
    rapid_review,
    reopening,
    report,
    scoping,
    sign_off,
)
from services.domain.roles import Permission, Role
from services.domain.workflow import Stage
from tests import factories
from tests.driven import Act
from tests.world import SCHOOL, World

_MANAGER, _CHAIR, _NOTIFIER = Role.BUSINESS_MANAGER, Role.REVIEW_GROUP_CHAIR, Role.NOTIFIER
_PARTNER, _AGENCY, _REVIEWER = Role.SAFEGUARDING_PARTNER, Role.AGENCY_LEAD, Role.LEAD_REVIEWER
_SCOPING = (Stage.REFERRED, Stage.TO_BE_NOTIFIED, Stage.RAPID_REVIEW)
_DRAFTING = (Stage.COMMISSIONING, Stage.LOCAL_REVIEW)
_UNREVIEWED = (Stage.NOT_NOTIFIED, Stage.LOOKED_AFTER_DEATH)
_SIGNED = (Stage.RAPID_REVIEW, Stage.WITH_PANEL)


@dataclass(frozen=True)
class EveryAct:
    """One act, as the tables of tests ask for it."""

    act: Act
    command: Callable[[World], Command]
    permission: Permission
    who: Role
    stages: frozenset[Stage]

    @property
    def name(self) -> str:
        """Return its name for the test's own."""
        return self.act.__name__


def _row(
    act: Act, permission: Permission, who: Role, stages: tuple[Stage, ...], command=None
) -> EveryAct:
    made = command or (lambda _world: getattr(factories, act.__name__)())
    return EveryAct(act, made, permission, who, frozenset(stages))


def _of_agency(name: str) -> Callable[[World], Command]:
    return lambda world: getattr(factories, name)(world.ours.agency(SCHOOL))


def _of_reviewer(world: World) -> Command:
    return factories.appoint_reviewer(world.ours.second_reviewer().person_id)


def _signs(_world: World) -> Command:
    return factories.sign()


P = Permission
ACTS: tuple[EveryAct, ...] = (
    _row(notification.record_awareness, P.DECIDE_TO_NOTIFY, _NOTIFIER, (Stage.REFERRED,)),
    _row(notification.give_view, P.GIVE_VIEW, _PARTNER, (Stage.REFERRED,)),
    _row(notification.decide_to_notify, P.DECIDE_TO_NOTIFY, _NOTIFIER, (Stage.REFERRED,)),
    _row(notification.record_notification, P.DECIDE_TO_NOTIFY, _NOTIFIER, (Stage.TO_BE_NOTIFIED,)),
    _row(notification.record_looked_after_death, P.DECIDE_TO_NOTIFY, _NOTIFIER, tuple(Stage)),
    _row(reopening.close_unreviewed, P.RUN_LEARNING, _MANAGER, _UNREVIEWED),
    _row(reopening.reopen, P.RUN_LEARNING, _MANAGER, (*_UNREVIEWED, Stage.CLOSED)),
    _row(scoping.request_returns, P.RUN_SCOPING, _MANAGER, _SCOPING, _of_agency("request_returns")),
    _row(scoping.chase, P.RUN_SCOPING, _MANAGER, _SCOPING, _of_agency("chase")),
    _row(scoping.submit_return, P.ANSWER_AGENCY_REQUEST, _AGENCY, _SCOPING),
    _row(scoping.excuse_return, P.RUN_SCOPING, _MANAGER, _SCOPING, _of_agency("excuse_return")),
    _row(meeting.set_meeting, P.RUN_MEETING, _MANAGER, _SCOPING),
    _row(meeting.accept_pack, P.RUN_SCOPING, _MANAGER, (Stage.RAPID_REVIEW,)),
    _row(meeting.hold_meeting, P.RUN_MEETING, _CHAIR, (Stage.RAPID_REVIEW,)),
    _row(rapid_review.write_record, P.WRITE_RAPID_REVIEW, _CHAIR, _SIGNED),
    _row(rapid_review.answer_criteria, P.WRITE_RAPID_REVIEW, _CHAIR, _SIGNED),
    _row(rapid_review.propose_decision, P.WRITE_RAPID_REVIEW, _CHAIR, _SIGNED),
    _row(sign_off.sign_rapid_review, P.SIGN_OFF, _PARTNER, _SIGNED, _signs),
    _row(rapid_review.submit, P.SUBMIT_TO_PANEL, _MANAGER, (Stage.RAPID_REVIEW,)),
    _row(rapid_review.tell_lateness, P.SUBMIT_TO_PANEL, _MANAGER, (Stage.RAPID_REVIEW,)),
    _row(panel.record_answer, P.SUBMIT_TO_PANEL, _MANAGER, (Stage.WITH_PANEL,)),
    _row(panel.end_national_review, P.SUBMIT_TO_PANEL, _MANAGER, (Stage.NATIONAL_REVIEW,)),
    _row(
        commissioning.agree_terms,
        P.COMMISSION,
        _CHAIR,
        (Stage.COMMISSIONING,),
        _of_agency("agree_terms"),
    ),
    _row(sign_off.sign_terms, P.SIGN_OFF, _PARTNER, (Stage.COMMISSIONING,), _signs),
    _row(commissioning.appoint_reviewer, P.COMMISSION, _MANAGER, _DRAFTING, _of_reviewer),
    _row(commissioning.declare, P.DECLARE, _REVIEWER, tuple(Stage)),
    _row(
        agency_reports.request_reports,
        P.RUN_REVIEW,
        _MANAGER,
        (Stage.LOCAL_REVIEW,),
        _of_agency("request_reports"),
    ),
    _row(agency_reports.submit_report, P.ANSWER_AGENCY_REQUEST, _AGENCY, (Stage.LOCAL_REVIEW,)),
    _row(
        agency_reports.return_report,
        P.JUDGE_REPORTS,
        _CHAIR,
        (Stage.LOCAL_REVIEW,),
        _of_agency("return_report"),
    ),
    _row(
        agency_reports.accept_report,
        P.JUDGE_REPORTS,
        _CHAIR,
        (Stage.LOCAL_REVIEW,),
        _of_agency("accept_report"),
    ),
    _row(
        report.submit_draft,
        P.DRAFT_REPORT,
        _REVIEWER,
        (Stage.LOCAL_REVIEW,),
        _of_agency("submit_draft"),
    ),
    _row(report.quality_assure, P.QUALITY_ASSURE, _CHAIR, (Stage.LOCAL_REVIEW,)),
    _row(sign_off.sign_report, P.SIGN_OFF, _PARTNER, (Stage.LOCAL_REVIEW,), _signs),
    _row(delay.record_delay, P.PLAN_PUBLICATION, _MANAGER, (*_DRAFTING, Stage.PUBLICATION)),
    _row(publication.plan_publication, P.PLAN_PUBLICATION, _MANAGER, (Stage.PUBLICATION,)),
    _row(publication.withhold_report, P.PLAN_PUBLICATION, _MANAGER, (Stage.PUBLICATION,)),
    _row(sign_off.sign_publication, P.SIGN_OFF, _PARTNER, (Stage.PUBLICATION,), _signs),
    _row(publication.pre_send, P.PLAN_PUBLICATION, _MANAGER, (Stage.PUBLICATION,)),
    _row(publication.publish, P.PLAN_PUBLICATION, _MANAGER, (Stage.PUBLICATION,)),
    _row(
        publication.publish_improvements,
        P.PLAN_PUBLICATION,
        _MANAGER,
        (Stage.PUBLICATION,),
        lambda _world: factories.publish(),
    ),
    _row(learning.agree_plan, P.RUN_LEARNING, _CHAIR, (Stage.EMBEDDING,), _of_agency("agree_plan")),
    _row(learning.update_action, P.UPDATE_ACTION, _AGENCY, (Stage.EMBEDDING,)),
    _row(sign_off.sign_plan, P.SIGN_OFF, _PARTNER, (Stage.EMBEDDING,), _signs),
    _row(learning.close, P.CLOSE_CASE, _PARTNER, (Stage.EMBEDDING,)),
    _row(held_emails.settle_letter, P.SETTLE_LETTERS, _MANAGER, tuple(Stage)),
)


def acts_of_the_product() -> Iterator[Act]:
    """Yield every public function of casework that takes a case's id and somebody's words."""
    for module in pkgutil.walk_packages(services.casework.__path__, "services.casework."):
        room = importlib.import_module(module.name)
        for name, function in inspect.getmembers(room, inspect.isfunction):
            if function.__module__ != room.__name__ or name.startswith("_"):
                continue
            if list(inspect.signature(function).parameters) == ["work", "case_id", "command"]:
                yield function


def words_for(act: Act, world: World, **but: object) -> Command:
    """Return valid words for the act, with what is said otherwise."""
    usual = next(row for row in ACTS if row.act is act).command(world)
    return factories.words_of(type(usual), usual.model_dump() | but)
