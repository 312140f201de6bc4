"""A case carried by its people's acts, on the dates of the first scenario unless told otherwise."""

from collections.abc import Callable, Collection
from typing import Any
from uuid import UUID

from services.casework.commands import Command
from services.casework.steps import closing, declaration
from services.casework.steps.after_publication import reissue, taking_down
from services.casework.steps.embedding import action_plan, action_progress
from services.casework.steps.local_review import (
    draft_report,
    quality_assurance,
    reviewer_appointment,
)
from services.casework.steps.notification import awareness, notification, notification_decision
from services.casework.steps.publication import (
    pre_publication,
    presentation,
    publication,
    publishing,
)
from services.casework.steps.rapid_review import (
    meeting,
    meeting_pack,
    panel,
    rapid_review,
    record_writing,
    submission,
)
from services.casework.steps.referral import referral
from services.casework.steps.scoping import scoping, scoping_returns
from services.casework.steps.sign_off import sign_off
from services.database.actions import actions
from services.database.assignments import Assignment, open_assignments
from services.database.attendance import named_attendees
from services.database.cases import Case, get_case
from services.database.clocks import clocks
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import Notice
from services.domain.emails import EmailTrigger
from services.domain.identifiers import CaseId
from services.domain.parties import Party
from services.domain.roles import Actor, Role, Seat
from services.domain.workflow import Outcome, PanelAnswer, Stage
from tests import factories
from tests.declared import declare_everybody
from tests.endorsed import as_endorsed
from tests.practice_seen import see_practice
from tests.put_terms import put_terms
from tests.recommended import recommend
from tests.reported import ask_and_accept
from tests.reports_prepared import prepare_report, tell_staff
from tests.rounds import newest_round
from tests.sent_out import accept_emails, make_checks, make_papers, send_out
from tests.settled_practitioners import assure_draft
from tests.world import HOSPITAL, SCHOOL, World

Act = Callable[[UnitOfWork, CaseId, Any], Case]
AFTER_CHECK = (quality_assurance.quality_assure, pre_publication.pre_send)
AFTER_CHECK += (taking_down.take_down, reissue.reissue)
ASKED, _AGREES = (HOSPITAL, SCHOOL), PanelAnswer.AGREES


class Driven:
    """One case of our partnership; each step is done by whoever does it in the guidance."""

    def __init__(
        self,
        world: World,
        command: Command | None = None,
        when: str = "2025-12-12 11:00",
        *,
        all_declare: bool = True,
    ) -> None:
        self.world = world
        with world.act(Role.AGENCY_LEAD, when) as work:
            case = referral.refer(work, command or factories.refer())
            self.case_id = CaseId(case.id)
        if all_declare:
            declare_everybody(world, self.case_id, when)

    @classmethod
    def begun(
        cls, world: World, opens: Callable[[World, Command], CaseId], command: Command
    ) -> "Driven":
        """Return a case that begins otherwise than by a referral, such as by a lead."""
        return cls.of(world, opens(world, command))

    @classmethod
    def of(cls, world: World, case_id: CaseId) -> "Driven":
        """Return a case that is there already."""
        case = cls.__new__(cls)
        case.world, case.case_id = world, case_id
        return case

    def do(self, act: Act, command: Command, who: Role | Actor, when: str, **where: Any) -> None:
        """Do one act."""
        if act is submission.submit:  # it records papers as sent that exist already
            make_papers(self.world, self.case_id, when, Notice.RAPID_REVIEW_SUBMITTED)
        if act in AFTER_CHECK:
            make_checks(self.world, self.case_id, when)
        with self.world.act(who, when, **where) as work:
            act(work, self.case_id, as_endorsed(self.world.ours, command, when))

    def agency(self, name: str = HOSPITAL) -> UUID:
        """Return an agency of the case's partnership."""
        return self.world.ours.agency(name)

    def decide(self, when: str = "2025-12-12 12:00", *, notify: bool = True) -> "Driven":
        """State the awareness, if the local authority has not, and the decision on notifying."""
        if not self.row().awareness_stated:
            self.be_aware(when)
        command = factories.decide_to_notify(notify=notify)
        self.do(notification_decision.decide_to_notify, command, Role.NOTIFIER, when)
        return self

    def be_aware(self, when: str) -> "Driven":
        """Let the local authority say when it became aware: as was said of it, if anything was."""
        command = factories.record_awareness(aware_at=self.row().aware_at or "2025-12-11")
        self.do(awareness.record_awareness, command, Role.NOTIFIER, when)
        return self

    def notify(self, when: str = "2025-12-15 10:00") -> "Driven":
        """Record the notification to the Panel as sent at that moment."""
        command = factories.record_notification(sent_at=when)
        self.do(notification.record_notification, command, Role.NOTIFIER, when)
        return self

    def scope(self, sent: str = "2025-12-15", back: str = "2025-12-19") -> "Driven":
        """Ask two agencies and receive both returns."""
        asked = factories.request_returns(*map(self.agency, ASKED))
        self.do(scoping.request_returns, asked, Role.BUSINESS_MANAGER, sent)
        for name in ASKED:
            said = factories.submit_return()
            self.do(scoping_returns.submit_return, said, Role.AGENCY_LEAD, back, agency=name)
        return self

    def meet(self, on: str = "2025-12-30", accepted: str = "2025-12-29") -> "Driven":
        """Accept the pack and hold the meeting."""
        self.do(meeting_pack.accept_pack, factories.accept_pack(), Role.BUSINESS_MANAGER, accepted)
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            came = named_attendees(work.session, self.case_id)
        held, chair = self.chaired(met_on=on, present=came), Role.REVIEW_GROUP_CHAIR
        self.do(meeting.hold_meeting, held, chair, f"{on} 16:00")
        return self

    def chaired(self, *, present: Collection[UUID] = (), **but: Any) -> meeting.HoldMeeting:
        """Return what is said of a meeting that the chair of the review group chaired."""
        by = self.world.ours.actor(Role.REVIEW_GROUP_CHAIR).person_id
        return factories.hold_meeting(present={*present, by}, chaired_by=by, **but)

    def propose(
        self, outcome: Outcome = Outcome.LOCAL_REVIEW, when: str = "2026-01-02", **but: Any
    ) -> "Driven":
        """Write the record, answer the criteria and put the decision to the partners."""
        learning = {"agency": self.agency(), "learning": "Call the family on the day."}
        proposed = factories.propose_decision(outcome, agency_learning=(learning,), **but)
        for act, command in (
            (record_writing.write_record, factories.write_record()),
            (rapid_review.answer_criteria, factories.answer_criteria()),
            (rapid_review.propose_decision, proposed),
        ):
            self.do(act, command, Role.REVIEW_GROUP_CHAIR, when)
        return self

    def sign(self, act: Act, when: str, *who: Seat | Party, **said: Any) -> "Driven":
        """Have these seats or parties sign the newest round, or all of them."""
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            newest = newest_round(work, self.case_id, act)
        command = factories.sign(**{"round": newest, **said})
        for one in who or self.world.ours.parties:
            self.do(act, command, self.world.ours.partner(one), when)
        return self

    def review(self, outcome: Outcome = Outcome.LOCAL_REVIEW, **but: Any) -> "Driven":
        """Carry the rapid review from its meeting to the Panel."""
        self.meet().propose(outcome, **but).sign(sign_off.sign_rapid_review, "2026-01-05")
        self.do(submission.submit, factories.submit(), Role.BUSINESS_MANAGER, "2026-01-07 11:00")
        return self.mail("2026-01-07 11:01")

    def answer(self, answer: PanelAnswer = _AGREES, when: str = "2026-01-19") -> "Driven":
        """Record what the Panel says."""
        said = factories.record_answer(answer, received_on=when)
        self.do(panel.record_answer, said, Role.BUSINESS_MANAGER, when)
        return self

    def commission(self, when: str = "2026-02-02") -> "Driven":
        """Put and endorse the terms, appoint the reviewer and have them declare."""
        reviewer = self.world.ours.actor(Role.LEAD_REVIEWER)
        put_terms(self, when).sign(sign_off.sign_terms, when)
        command = factories.appoint_reviewer(reviewer.person_id)
        self.do(reviewer_appointment.appoint_reviewer, command, Role.BUSINESS_MANAGER, when)
        self.do(declaration.declare, factories.declare(), reviewer, when)
        return self

    def report(self, when: str = "2026-04-01") -> "Driven":
        """Settle the family and communications; accept agencies' reports; endorse what follows."""
        prepare_report(self, when)
        return recommend(ask_and_accept(self, ASKED, when), when)

    def draft(self, when: str = "2026-05-01") -> "Driven":
        """Submit a draft, ask who took part about it, and have it quality-assured."""
        self.do(draft_report.submit_draft, factories.submit_draft(), Role.LEAD_REVIEWER, when)
        assure_draft(self, when)
        return self

    def plan(self, on: str = "2026-07-03", when: str = "2026-06-08") -> "Driven":
        """Plan publication, present the report, have the plan approved and staff told."""
        plan = factories.plan_publication(publish_on=on)
        self.do(publication.plan_publication, plan, Role.BUSINESS_MANAGER, when)
        return tell_staff(self.present(when).sign(sign_off.sign_publication, when), when)

    def present(self, when: str = "2026-06-08") -> "Driven":
        """Record that the report was presented to the partners."""
        command = factories.record_presentation(held_on=when[:10])
        self.do(presentation.record_presentation, command, Role.BUSINESS_MANAGER, when)
        return self

    def publish(self, sent: str = "2026-06-24", on: str = "2026-07-03") -> "Driven":
        """Send the report ahead and publish it."""
        self.do(pre_publication.pre_send, factories.pre_send(), Role.BUSINESS_MANAGER, sent)
        self.send_out(sent)
        self.do(publishing.publish, factories.publish(published_on=on), Role.BUSINESS_MANAGER, on)
        return self

    def send_out(self, when: str, *notices: Notice) -> "Driven":
        """Have what waits to go to the national bodies made, read, confirmed and accepted."""
        send_out(self.world, self.case_id, when, *notices)
        return self

    def mail(self, when: str, *events: EmailTrigger) -> "Driven":
        """Have the mail service accept what waits for people here, or these events' emails."""
        accept_emails(self.world, self.case_id, when, *events)
        return self

    def embed(self, when: str = "2026-09-01") -> "Driven":
        """Agree a plan of two actions, complete both and sign it off."""
        self.agree_on(factories.propose_plan(*map(self.agency, ASKED)), when)
        for number, name in enumerate(ASKED, start=1):
            command = factories.update_action(number)
            self.do(action_progress.update_action, command, Role.AGENCY_LEAD, when, agency=name)
        return self.sign(sign_off.sign_plan, when)

    def agree_on(self, plan: Command, when: str = "2026-09-01") -> "Driven":
        """Put an action plan to the partners, and have them agree on it."""
        self.do(action_plan.propose_plan, plan, Role.REVIEW_GROUP_CHAIR, when)
        return self.sign(sign_off.sign_proposed_plan, when)

    def close(self, when: str = "2026-10-01") -> "Driven":
        """Close the case at the Executive: every notice has left, and practice is seen."""
        self.send_out(when)
        see_practice(self, when)
        self.do(closing.close, factories.close(), Role.SAFEGUARDING_PARTNER, when)
        return self

    def row(self) -> Case:
        """Return the case as it is on record."""
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            case = get_case(work.session, self.case_id)
            work.session.expunge(case)
            return case

    def stage(self) -> Stage:
        """Return how far the case has come."""
        return self.row().stage

    def due(self, clock: str, subject: str = "") -> str:
        """Return the newest due date of a clock."""
        return self.clock(clock, subject)["due"]

    def clock(self, name: str, subject: str = "") -> dict[str, str]:
        """Return the newest clock of a kind, its dates as written and empty where there is none."""
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            found = [
                one
                for one in clocks(work.session, self.case_id)
                if (one.clock, one.subject) == (name, subject)
            ]
            runs = [one for one in found if one.ended_on is None] or found
            kept = ("opens", "due", "first_due", "target", "met_on", "ended_on", "anchored_on")
            return {field: str(getattr(runs[-1], field) or "") for field in kept}

    def running(self) -> list[str]:
        """Return the clocks that still run, each with its last day."""
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            found = clocks(work.session, self.case_id)
            return [f"{one.clock} {one.due}" for one in found if not (one.met_on or one.ended_on)]

    def turns(self) -> list[Assignment]:
        """Return what is still to be done on the case."""
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            found = open_assignments(work.session, self.case_id)
            work.session.expunge_all()
            return found

    def actions(self) -> list[str]:
        """Return how each action of the plan stands."""
        with self.world.act(Role.BUSINESS_MANAGER) as work:
            return [one.progress.name for one in actions(work.session, self.case_id)]
