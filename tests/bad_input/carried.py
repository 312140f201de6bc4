"""Cases carried along every road by their forms: each form is tried where it is first needed."""

from dataclasses import replace
from functools import partial
from typing import Any, ClassVar, Final
from uuid import UUID

from services.casework.act import Act
from services.casework.acts import ACTS
from services.casework.commands import Command
from services.casework.effects import steps_to_take
from services.database.cases import get_case
from services.domain.clocks.policy_json import stored_policy
from services.domain.dispatches import Notice
from services.domain.roles import Actor, Role
from services.web.act_pages.registry import ACT_PAGES
from tests import factories as say
from tests.bad_input.fields import Leaf, posted
from tests.bad_input.judging import SEE_OTHER
from tests.bad_input.requests import try_requests
from tests.bad_input.stage import Stage
from tests.bad_input.trying import NOTHING, Form, try_form, within
from tests.driven import AFTER_CHECK, Driven
from tests.endorsed import as_endorsed
from tests.plan_factories import name_themes
from tests.policy_factories import (
    WIDER,
    answer_local_test,
    follow_policy,
    put_in_force,
    record_extra_step,
)
from tests.process_factories import refer_out
from tests.report_factories import ask_for_more
from tests.roads import ROADS
from tests.sent_out import make_checks, make_papers
from tests.valid_commands import act_done_by
from tests.world import World, at

MANAGER, PARTNER = Role.BUSINESS_MANAGER, Role.SAFEGUARDING_PARTNER
CASES: Final = "/cases/{case_id}"
OK: Final = 200


class ByForm(Driven):
    """A case on which each act is done by sending its form, which is tried before that."""

    on: ClassVar[Stage]

    def do(self, act: Any, command: Command, who: Role | Actor, when: str, **where: Any) -> None:
        """Send the form of the act as the person who does it; do it directly once it was tried."""
        record, stage = act_done_by(act), self.on
        stage.now = at(when)
        if name_of(record) in stage.tally.forms:
            super().do(act, command, who, when, **where)
            return
        if record.name == "submit":  # it records papers as sent that exist already
            make_papers(self.world, self.case_id, when, Notice.RAPID_REVIEW_SUBMITTED)
        if record.perform in AFTER_CHECK:
            make_checks(self.world, self.case_id, when)
        actor = who if isinstance(who, Actor) else self.world.ours.actor(who, **where)
        said = as_endorsed(self.world.ours, command, when)
        form = form_of(stage, record, said, actor, self.case_id)
        try_once(stage, form)
        form.open()
        answer = form.post(form.valid)
        assert answer.status_code == form.done, (record.name, answer.status_code, answer.text)


def name_of(act: Act) -> str:
    """Return the name of the form of an act on a case."""
    return f"{CASES}/{ACT_PAGES[act.name].path}"


def form_of(stage: Stage, act: Act, command: Command, actor: Actor, case_id: UUID) -> Form:
    """Return the form of an act on a case."""
    page = ACT_PAGES[act.name]
    return Form(
        name=name_of(act),
        path=f"/cases/{case_id}/{page.path}",
        browser=stage.person(actor),
        valid=posted(command, page.questions),
        questions=page.questions,
        kept=partial(_on_the_list, stage, case_id) if act.name == "invite_participant" else None,
        done=OK if page.told_once else SEE_OTHER,
    )


def _on_the_list(stage: Stage, case_id: UUID, leaf: Leaf) -> object:
    """Return what is on record of who was put on the list: their name in no entry (LC-01)."""
    if leaf.name == "name":
        of = "select name from guests where case_id = %s and comes_for = 'learning_event'"
        found = stage.place.ask(f"{of} order by since desc limit 1", case_id)
        return found[0][0] if found else NOTHING
    of = "select command from entries where case_id = %s and act = 'invite_participant'"
    found = stage.place.ask(f"{of} order by number desc limit 1", case_id)
    return within(found[0][0], [leaf.name]) if found else NOTHING


def try_once(stage: Stage, form: Form) -> None:
    """Try the form, if it has not been tried on another case."""
    if form.name not in stage.tally.forms:
        for each in stage.tries or (try_form, try_requests):
            each(stage, form)


def open_cases(stage: Stage) -> None:
    """Try each form that opens a case."""
    stage.now = at("2025-12-12 11:00")
    for name, command, who in (
        ("refer", say.refer(), Role.AGENCY_LEAD),
        ("log_lead", say.log_lead(), MANAGER),
        ("request_review", say.request_review(), Role.AGENCY_LEAD),
    ):
        page, browser = ACT_PAGES[name], stage.person(stage.world.ours.actor(who))
        path, questions = f"/{page.path}", page.questions
        try_once(stage, Form(path, path, browser, posted(command, questions), questions))


def along_every_road(stage: Stage) -> None:
    """Carry a case along each road, and along what no road needs."""

    class OnStage(ByForm):
        """A case on this stage."""

    OnStage.on = stage
    for road in ROADS:
        road(stage.world, OnStage)
    for aside in (_a_view, _own_step, _not_notified, _a_review, _an_email, _other_policy):
        aside(stage.world, OnStage)


Drive = type[ByForm]


def _a_view(world: World, drive: Drive) -> None:
    drive(world).do(ACTS["give_view"].perform, say.give_view(), PARTNER, "2025-12-12 12:00")


def _own_step(world: World, drive: Drive) -> None:
    """Record a step for which the partnership set itself a time, and answer its own test."""
    case = drive(world)
    with world.act(MANAGER, "2025-12-15") as work:
        (clock, *_) = steps_to_take(work, get_case(work.session, case.case_id))
        said = record_extra_step(clock.id)
    case.do(ACTS["record_extra_step"].perform, said, MANAGER, "2025-12-15")
    told = answer_local_test(WIDER.id)
    case.do(ACTS["answer_local_test"].perform, told, MANAGER, "2025-12-15 12:00")


def _other_policy(world: World, drive: Drive) -> None:
    """Move a case to a version of the policy that came after it."""
    case = drive(world)
    with world.act(MANAGER, "2025-12-16") as work:
        before = stored_policy(work.partnership.policy)
    newer = replace(before, version=f"{before.version}-newer")
    number = put_in_force(world, newer, "2025-12-16")
    said = follow_policy(version=number)
    case.do(ACTS["follow_policy"].perform, said, MANAGER, "2025-12-16 12:00")
    case.decide().notify()
    case.do(ACTS["name_themes"].perform, name_themes(), MANAGER, "2025-12-17 12:00")
    case.do(ACTS["refer_out"].perform, refer_out(case.agency()), MANAGER, "2025-12-17 12:00")


def _not_notified(world: World, drive: Drive) -> None:
    """Close a case that is not notified, and open it again."""
    case = drive(world).decide(notify=False)
    case.do(ACTS["close_unreviewed"].perform, say.close_unreviewed(), MANAGER, "2025-12-15")
    case.do(ACTS["reopen"].perform, say.reopen(), MANAGER, "2025-12-16")


def _a_review(world: World, drive: Drive) -> None:
    """Ask an agency for more than it was asked for, and record a delay."""
    case = drive(world).decide().notify().scope().review().answer().commission()
    asked = say.request_reports(case.agency())
    case.do(ACTS["request_reports"].perform, asked, MANAGER, "2026-02-09")
    case.do(ACTS["ask_for_more"].perform, ask_for_more(case.agency()), MANAGER, "2026-02-09")
    case.do(ACTS["record_delay"].perform, say.record_delay(), MANAGER, "2026-02-09")


def _an_email(world: World, drive: Drive) -> None:
    """Settle an email that the mail service refused."""
    case = drive(world)
    refused = "update outbox_emails set delivery = 'failed' where id = (select id from"
    refused += " outbox_emails where case_id = %s limit 1) returning id"
    ((email_id,),) = drive.on.place.ask(refused, case.case_id)
    settled = say.settle_email(email_id, course="went")
    case.do(ACTS["settle_email"].perform, settled, MANAGER, "2025-12-13")
