"""How a request stands, from the steps that were taken on it."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from services.database.information_requests import InformationRequest, InformationRequestStep
from services.database.unit_of_work import UnitOfWork
from services.domain.audit import RequestEvent
from services.domain.clocks.policy_json import stored_policy
from services.domain.clocks.request_clocks import (
    AnswerDue,
    AskedOfRequester,
    RequestDays,
    RequesterWait,
    RequestExtension,
    answer_due,
)
from services.domain.clocks.request_policy import RequestPolicy
from services.domain.information_requests import InformationHolder, InformationRequestKind

_ENDINGS = frozenset({RequestEvent.ANSWERED, RequestEvent.CLOSED})
_ASKED = {
    RequestEvent.IDENTITY_ASKED: AskedOfRequester.IDENTITY,
    RequestEvent.CLARIFICATION_ASKED: AskedOfRequester.CLARIFICATION,
}
CAME = {
    AskedOfRequester.IDENTITY: RequestEvent.IDENTITY_CONFIRMED,
    AskedOfRequester.CLARIFICATION: RequestEvent.CLARIFIED,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemStanding:
    """An item that was found, its newest decision, and what a second person said of that one."""

    entered: InformationRequestStep
    decided: InformationRequestStep | None = None
    read: InformationRequestStep | None = None

    @property
    def is_settled(self) -> bool:
        """Tell whether two people agree on what becomes of it."""
        return self.read is not None and bool(self.read.words["is_agreed"])


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestStanding:
    """A request with its steps, in the order of their taking."""

    request: InformationRequest
    steps: tuple[InformationRequestStep, ...]

    @property
    def days(self) -> RequestDays:
        """Return the days on which its clock depends."""
        extended = self._last(RequestEvent.EXTENDED)
        extension = None
        if extended is not None:
            length = extended.words["length"]
            extension = RequestExtension(length=length, told_on=extended.on_day)
        return RequestDays(
            kind=self.request.kind,
            received_on=self.request.received_on,
            waits=tuple(self._waits()),
            extension=extension,
        )

    @property
    def is_complaint(self) -> bool:
        """Tell whether it is a complaint, which nothing stops and nothing extends."""
        return self.request.kind is InformationRequestKind.COMPLAINT

    @property
    def holder(self) -> InformationHolder | None:
        """Return who holds the information, once it was passed to them."""
        routed = self._last(RequestEvent.ROUTED)
        return None if routed is None else InformationHolder(routed.words["holder"])

    @property
    def authority(self) -> str:
        """Return the code of the local authority that holds it, where there are several."""
        routed = self._last(RequestEvent.ROUTED)
        return "" if routed is None else routed.words.get("authority") or ""

    @property
    def acknowledged_on(self) -> date | None:
        """Return the day on which a complaint was acknowledged."""
        step = self._last(RequestEvent.ACKNOWLEDGED)
        return None if step is None else step.on_day

    @property
    def items(self) -> tuple[ItemStanding, ...]:
        """Return what was found, in the order of its entering, each as it is decided."""
        return tuple(
            self._item(one) for one in self.steps if one.event is RequestEvent.ITEM_ENTERED
        )

    @property
    def has_paper(self) -> bool:
        """Tell whether a reply paper was made."""
        return self._last(RequestEvent.PAPER_MADE) is not None

    @property
    def ending(self) -> InformationRequestStep | None:
        """Return the step that ended it, if one did."""
        return next((one for one in self.steps if one.event in _ENDINGS), None)

    def _item(self, entered: InformationRequestStep) -> ItemStanding:
        decided = self._about(entered, RequestEvent.ITEM_DECIDED)
        read = None if decided is None else self._about(decided, RequestEvent.ITEM_READ)
        return ItemStanding(entered=entered, decided=decided, read=read)

    def _about(
        self, step: InformationRequestStep, event: RequestEvent
    ) -> InformationRequestStep | None:
        """Return the newest step of that kind about the other step."""
        found = (one for one in self.steps if one.event is event and one.of_step == step.id)
        return max(found, key=lambda one: one.number, default=None)

    def _last(self, event: RequestEvent) -> InformationRequestStep | None:
        return next((one for one in reversed(self.steps) if one.event is event), None)

    def _waits(self) -> Iterable[RequesterWait]:
        """Yield what the requester was asked for, each with the day on which it came."""
        for at, one in enumerate(self.steps):
            asked = _ASKED.get(one.event)
            if asked is not None:
                came = (late for late in self.steps[at:] if late.event is CAME[asked])
                until = next((late.on_day for late in came), None)
                yield RequesterWait(asked=asked, since=one.on_day, until=until)


def standings(
    requests: Iterable[InformationRequest], steps: Iterable[InformationRequestStep]
) -> list[RequestStanding]:
    """Return each request with its own steps."""
    of: dict[UUID, list[InformationRequestStep]] = defaultdict(list)
    for step in steps:
        of[step.request_id].append(step)
    return [RequestStanding(request=one, steps=tuple(of[one.id])) for one in requests]


def policy_here(work: UnitOfWork) -> RequestPolicy:
    """Return what the partnership chose for requests, as its policy stands today."""
    return stored_policy(work.partnership.policy).information_requests


def due_of(work: UnitOfWork, standing: RequestStanding) -> AnswerDue:
    """Count the last day for the answer by the policy and the bank holidays in force."""
    policy, calendar = stored_policy(work.partnership.policy), work.calendar
    closed = calendar.closed_on(policy.closed_days)
    return answer_due(standing.days, policy.information_requests, calendar, closed)
