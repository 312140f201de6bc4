"""A joint review carried by both sides to publication, each act on the side that does it."""

from dataclasses import replace
from typing import Any

from sqlmodel import select

from services.casework.act import Act
from services.casework.steps import declaration
from services.casework.steps.dispatches import dispatches
from services.casework.steps.local_review import (
    oversight,
    reviewer_appointment,
    terms_of_reference,
)
from services.casework.steps.publication import pre_publication, publication, publishing
from services.casework.steps.rapid_review import submission
from services.casework.steps.sign_off import sign_off
from services.database.decisions import declaration as declared
from services.database.dispatches import Dispatch
from services.database.outbox import OutboxEmail
from services.database.shown import known_partnerships
from services.domain.dispatches import BEFORE_PUBLICATION, Notice
from services.domain.joint_reviews import JointPart
from services.domain.mailboxes import NOT_PRODUCTION
from services.domain.recipients import Recipient
from services.domain.roles import Role, Seat
from services.domain.todos import Todo
from tests import factories as say
from tests.communications_factories import tell_staff
from tests.dispatch_factories import record_return, send_by_hand
from tests.driven import ASKED, Driven
from tests.joint import Joint, Practising
from tests.put_terms import advice
from tests.rounds import newest_round
from tests.sent_out import dispatches_of, send_out

MANAGER = Role.BUSINESS_MANAGER
PLANNED, SENT, LAST_DAY, DAY, LATER = (
    "2026-06-08 10:00",
    "2026-06-22 10:00",
    "2026-06-24 10:00",
    "2026-07-03 10:00",
    "2026-07-10 10:00",
)
OPENED = "2026-02-02 11:00"
ADDRESS = "https://theirs.example/review"


def _by_hand_to_ofsted(dispatch: Dispatch, when: str) -> dispatches.SendByHand:
    address = NOT_PRODUCTION.ofsted
    return send_by_hand(dispatch.id, sent_on=when[:10], address=address)


class Publishing(Joint):
    """A joint review whose report every party has signed, and whose publication is planned."""

    def begun(self, part: JointPart = JointPart.JOINTLY_PUBLISHING, **but: Any) -> "Publishing":
        """Join, and put the decision to the partners of both sides."""
        self.theirs_case = self.joined(part, **but)
        self.driven.scope().meet().propose()
        self.at("2026-01-05 10:00")
        return self

    def sent_to_panel(self) -> "Publishing":
        """Have both sides sign the rapid review, and the lead send it to the Panel."""
        self.both(sign_off.SIGN_RAPID_REVIEW, "2026-01-05 11:00")
        self.do(submission.SUBMIT, say.submit(), MANAGER, "2026-01-07 11:00")
        return self

    def opened_locally(self) -> "Publishing":
        """Carry what was sent to the Panel on to where the local review is open."""
        self.driven.answer()
        self._commission("2026-02-02 10:00")
        self.at(OPENED)
        return self

    def drafted(self, part: JointPart = JointPart.JOINTLY_PUBLISHING) -> "Publishing":
        """Carry the review up to its draft report, which is put to the partners of both sides."""
        return self.begun(part).sent_to_panel().reviewed()

    def reviewed(self) -> "Publishing":
        """Carry what was sent to the Panel on to the draft report, which both sides are put."""
        self.driven.answer()
        self._commission("2026-02-02 10:00")
        self.drafted_by_lead()
        return self

    def drafted_by_lead(self) -> None:
        """Have agencies report, both sides endorse the recommendations, and the lead draft."""
        self.driven.report()
        self.at("2026-04-01 10:00")
        if Todo.SIGN_RECOMMENDATIONS in self.todos(self.own):
            self.sign_theirs(sign_off.SIGN_RECOMMENDATIONS, "2026-04-01 11:00")
        self.driven.draft()
        self.at("2026-06-01 10:00")

    def planned(self, part: JointPart = JointPart.JOINTLY_PUBLISHING) -> "Publishing":
        """Have the report signed, publication planned, and the plan approved by both sides."""
        return self.drafted(part).signed_and_planned()

    def signed_and_planned(self) -> "Publishing":
        """Have both sides sign the draft report, and approve the plan of its publication."""
        self.both(sign_off.SIGN_REPORT, "2026-06-01 11:00")
        self.plan()
        return self

    def _commission(self, when: str) -> None:
        reviewer = self.world.ours.actor(Role.LEAD_REVIEWER)
        terms = say.agree_terms(*map(self.driven.agency, ASKED))
        self.do(terms_of_reference.AGREE_TERMS, terms, Role.REVIEW_GROUP_CHAIR, when)
        advised = advice(self.driven, when)
        self.do(oversight.OVERSEE_COMMISSIONING, advised, Role.REVIEW_GROUP_CHAIR, when)
        self.both(sign_off.SIGN_TERMS, when)
        chosen = say.appoint_reviewer(reviewer.person_id)
        self.do(reviewer_appointment.APPOINT_REVIEWER, chosen, MANAGER, when)
        self.driven.do(declaration.declare, say.declare(), reviewer, when)

    def plan(self, on: str = "2026-07-03", when: str = PLANNED) -> None:
        """Plan publication, or move it, and have every party of each publisher approve it."""
        self.put_plan(on, when)
        self.driven.present(when)
        self.both(sign_off.SIGN_PUBLICATION, when)
        tell_staff(self.driven, when)

    def put_plan(self, on: str, when: str) -> None:
        """Put a plan to the partners."""
        command = say.plan_publication(publish_on=on)
        self.do(publication.PLAN_PUBLICATION, command, MANAGER, when)

    def send(self, when: str = SENT) -> None:
        """Send the text as the lead, and have each body's mail service accept it."""
        self.do(pre_publication.PRE_SEND, say.pre_send(), MANAGER, when)
        send_out(self.driven.world, self.case_id, when, *BEFORE_PUBLICATION)
        self.at(when)

    def publish(self, when: str = DAY, act: Act = publishing.PUBLISH) -> None:
        """Publish as the lead."""
        self.do(act, say.publish(published_on=when[:10]), MANAGER, when)

    def send_theirs(self, when: str = SENT) -> None:
        """Send the text over there, in the same way."""
        self.over_there(pre_publication.PRE_SEND, say.pre_send(), when)
        send_out(self._swapped(), self.theirs_case, when, *BEFORE_PUBLICATION)
        self.at(when)

    def publish_theirs(self, when: str = DAY, act: Act = publishing.PUBLISH) -> None:
        """Publish over there, at its own address."""
        command = say.publish(published_on=when[:10], address=ADDRESS)
        self.over_there(act, command, when)

    def theirs_comes_back(self, when: str) -> None:
        """Record over there that Ofsted was not sent the text after all."""
        command = record_return(self._to_ofsted(self.own).id, returned_on=when[:10])
        self.over_there(dispatches.RECORD_RETURN, command, when)

    def theirs_sends_again(self, when: str) -> None:
        """Send it to Ofsted by hand over there."""
        command = _by_hand_to_ofsted(self._to_ofsted(self.own), when)
        self.over_there(dispatches.SEND_BY_HAND, command, when)

    def comes_back(self, when: str) -> None:
        """Record as the lead that Ofsted was not sent the text after all."""
        command = record_return(self._to_ofsted(self.driven).id, returned_on=when[:10])
        self.do(dispatches.RECORD_RETURN, command, MANAGER, when)

    def sends_again(self, when: str) -> None:
        """Send it to Ofsted by hand as the lead."""
        command = _by_hand_to_ofsted(self._to_ofsted(self.driven), when)
        self.do(dispatches.SEND_BY_HAND, command, MANAGER, when)

    def _to_ofsted(self, case: Driven) -> Dispatch:
        with case.world.act(MANAGER, self.when) as work:
            found = dispatches_of(work.session, case.case_id, Notice.REPORT_PRE_SENT)
            to_ofsted = [one for one in found if one.recipient is Recipient.OFSTED]
            work.session.expunge_all()
        return to_ofsted[-1]

    def do(self, act: Act, command: Any, who: Role, when: str) -> None:
        """Do an act of the lead, and what it leaves for the other side."""
        self.driven.do(act.perform, command, who, when)
        self.at(when)

    def over_there(self, act: Act, command: Any, when: str) -> None:
        """Do an act of their manager, and what it leaves for the lead."""
        self.when = when
        self.do_theirs(act, self.theirs_case, command, MANAGER)
        self.at(when)

    def at(self, when: str) -> None:
        """Have what each side has left for the other done, at that moment."""
        self.when = when
        for case_id in (self.case_id, self.theirs_case, self.case_id):
            self.settle(case_id)

    def both(self, act: Act, when: str, **said: Any) -> None:
        """Have every party that decides sign the newest round: ours, then theirs."""
        self.driven.sign(act.perform, when, **said)
        self.at(when)
        if act.todo in self.todos(self.own):
            self.sign_theirs(act, when, **said)

    def sign_theirs(self, act: Act, when: str, *seats: Seat, **said: Any) -> None:
        """Have their parties sign the newest round that is put to them."""
        self.sign_unsettled(act, when, *seats, **said)
        self.at(when)

    def sign_unsettled(self, act: Act, when: str, *seats: Seat, **said: Any) -> None:
        """Have them sign, and leave undone what the signatures order."""
        self.when = when
        for seat in seats or Seat:
            with self.world.act(self.theirs.partner(seat), when) as work:
                if declared(work.session, self.theirs_case, work.actor.person_id) is None:
                    declaration.declare(work, self.theirs_case, say.declare())
                newest = newest_round(work, self.theirs_case, act.perform)
                command = say.sign(**{"round": newest, **said})
                act.perform(work, self.theirs_case, command)

    @property
    def own(self) -> Driven:
        """Return their case as one that is driven over there."""
        return Driven.of(self._swapped(), self.theirs_case)

    def todos(self, case: Driven) -> set[Todo]:
        """Return what waits on a case, but for notices to the national bodies."""
        of_notices = {Todo.CONFIRM_DISPATCH, Todo.SEND_BY_HAND}
        return {one.todo for one in case.turns()} - of_notices

    def papers(self, kind: str, **which: Any) -> list[str]:
        """Return what the papers of that kind say on their case."""
        return self.desk_theirs().read(self.theirs_case, kind, **which)

    def desk_theirs(self) -> Practising:
        """Return where papers of theirs are read."""
        return Practising(self._swapped(), store=self.store, when=self.when)

    def lead_name(self, work: Any) -> str:
        """Return what the partnership that leads is called."""
        return known_partnerships(work.session)[self.world.ours.partnership_id]

    def told_by_theirs(self) -> set[str]:
        """Return to whom emails of their case went or go."""
        with self._swapped().act(MANAGER, self.when) as work:
            question = select(OutboxEmail).where(OutboxEmail.case_id == self.theirs_case)
            return {one.recipient for one in work.session.exec(question)}

    def _swapped(self) -> Any:
        return replace(self.world, ours=self.world.theirs, theirs=self.world.ours)


def consulted(several: Publishing) -> None:
    """Let them join to be consulted, and put the decision to the lead's partners."""
    several.begun(JointPart.CONSULTED)


def contributing(several: Publishing) -> None:
    """Let them join to contribute, and put the decision to the lead's partners."""
    several.begun(JointPart.CONTRIBUTING)


def deciding(several: Publishing) -> None:
    """Let them join to decide jointly, and put the decision to the partners of both sides."""
    several.begun(JointPart.JOINTLY_DECIDING)
