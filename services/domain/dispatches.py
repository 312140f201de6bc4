"""What is sent to the national bodies, how each dispatch stands, and when a duty is met by it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from services.domain.clocks.rules import ClockId
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.errors import RuleBroken
from services.domain.recipients import Recipient
from services.domain.ways import DocumentClass


class Notice(StrEnum):
    """Something that national bodies must be sent, by what it is about."""

    RAPID_REVIEW_SUBMITTED = "rapid_review_submitted"
    REVIEWER_NAMED = "reviewer_named"
    DELAY_FORESEEN = "delay_foreseen"
    LATENESS_FORECAST = "lateness_forecast"
    COMMISSIONING_DECIDED = "commissioning_decided"
    PUBLICATION_DECIDED = "publication_decided"
    REPORT_PRE_SENT = "report_pre_sent"
    IMPROVEMENTS_PRE_SENT = "improvements_pre_sent"
    COMMENT_ANSWERED = "comment_answered"
    REPORT_PUBLISHED = "report_published"
    REPORT_TAKEN_DOWN = "report_taken_down"
    REISSUE_PRE_SENT = "reissue_pre_sent"
    REPORT_REDACTED = "report_redacted"
    REPOSITORY_TOLD = "repository_told"
    RAPID_REVIEW_DECIDED_AGAIN = "rapid_review_decided_again"
    RAPID_REVIEW_SUPPLEMENTED = "rapid_review_supplemented"
    RAPID_REVIEW_UNAGREED = "rapid_review_unagreed"
    PANEL_REPLIED = "panel_replied"
    CHALLENGE_LODGED = "challenge_lodged"

    @property
    def rule(self) -> "NoticeRule":
        """Return who must be sent what, by which rule."""
        return NOTICES[self]


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeRule:
    """Who must be sent which documents, the clocks that it meets, and the rule that says so.

    ``email`` is what goes with documents that are attached; a class that is never attached has
    none.
    """

    document_class: DocumentClass
    kinds: tuple[DocumentKind, ...]
    recipients: tuple[Recipient, ...]
    rule: str
    email: EmailTrigger | None = None
    clocks: tuple[ClockId, ...] = ()

    @property
    def letter(self) -> DocumentKind | None:
        """Return which of its documents is a letter, whose own words are the partnership's.

        What the partners signed, and what is published, is none.
        """
        return next((one for one in self.kinds if one.particulars.is_letter), None)


def _attached(
    email: EmailTrigger, document_class: DocumentClass, kind: DocumentKind, *clocks: ClockId
) -> NoticeRule:
    return NoticeRule(
        document_class=document_class,
        kinds=(kind,),
        recipients=email.sending.recipients,
        rule=", ".join(email.sending.rules),
        email=email,
        clocks=clocks,
    )


_BEFORE: Final = DocumentClass.REPORT_BEFORE_PUBLICATION
NOTICES: Final[Mapping[Notice, NoticeRule]] = MappingProxyType(
    {
        Notice.RAPID_REVIEW_SUBMITTED: NoticeRule(
            document_class=DocumentClass.RAPID_REVIEW,
            kinds=(DocumentKind.RAPID_REVIEW_RECORD, DocumentKind.COVERING_LETTER),
            recipients=(Recipient.PANEL,),
            rule="RR-34, RR-49",
            clocks=(ClockId.K8, ClockId.K10),
        ),
        Notice.REVIEWER_NAMED: _attached(
            EmailTrigger.REVIEWER_NAMED, DocumentClass.REVIEWER_NAME, DocumentKind.REVIEWER_NOTICE
        ),
        Notice.DELAY_FORESEEN: _attached(
            EmailTrigger.DELAY_FORESEEN, DocumentClass.DELAY, DocumentKind.DELAY_NOTICE
        ),
        Notice.LATENESS_FORECAST: _attached(
            EmailTrigger.LATENESS_FORECAST, DocumentClass.DELAY, DocumentKind.LATENESS_NOTICE
        ),
        Notice.COMMISSIONING_DECIDED: _attached(
            EmailTrigger.COMMISSIONING_DECIDED,
            DocumentClass.DECISION,
            DocumentKind.COMMISSIONING_NOTICE,
        ),
        Notice.PUBLICATION_DECIDED: _attached(
            EmailTrigger.PUBLICATION_DECIDED,
            DocumentClass.DECISION,
            DocumentKind.PUBLICATION_NOTICE,
        ),
        Notice.REPORT_PRE_SENT: _attached(
            EmailTrigger.PRE_PUBLICATION_SENT,
            _BEFORE,
            DocumentKind.PRE_PUBLICATION_DISPATCH,
            ClockId.K12,
        ),
        Notice.IMPROVEMENTS_PRE_SENT: _attached(
            EmailTrigger.IMPROVEMENTS_PRE_SENT,
            _BEFORE,
            DocumentKind.PRE_PUBLICATION_DISPATCH,
            ClockId.K12,
        ),
        Notice.COMMENT_ANSWERED: _attached(
            EmailTrigger.BODY_ANSWERED, _BEFORE, DocumentKind.COMMENT_ANSWER
        ),
        Notice.REPORT_PUBLISHED: _attached(
            EmailTrigger.REPORT_TO_REPOSITORY,
            DocumentClass.PUBLISHED_REPORT,
            DocumentKind.PUBLISHED_REPORT,
        ),
        Notice.REPORT_TAKEN_DOWN: _attached(
            EmailTrigger.REPORT_TAKEN_DOWN, DocumentClass.DECISION, DocumentKind.TAKEN_DOWN_NOTICE
        ),
        Notice.REISSUE_PRE_SENT: _attached(
            EmailTrigger.REISSUE_PRE_SENT, _BEFORE, DocumentKind.REISSUE_NOTICE, ClockId.K12
        ),
        Notice.REPORT_REDACTED: _attached(
            EmailTrigger.REPORT_REDACTED, _BEFORE, DocumentKind.REDACTION_NOTICE
        ),
        Notice.REPOSITORY_TOLD: _attached(
            EmailTrigger.REPOSITORY_TOLD,
            DocumentClass.PUBLISHED_REPORT,
            DocumentKind.REPOSITORY_LETTER,
        ),
        # It meets no clock: the first submission did (K10).
        Notice.RAPID_REVIEW_DECIDED_AGAIN: NoticeRule(
            document_class=DocumentClass.RAPID_REVIEW,
            kinds=(DocumentKind.RAPID_REVIEW_RECORD, DocumentKind.COVERING_LETTER),
            recipients=(Recipient.PANEL,),
            rule="GOV-14, RR-36",
        ),
        Notice.RAPID_REVIEW_SUPPLEMENTED: NoticeRule(
            document_class=DocumentClass.RAPID_REVIEW,
            kinds=(DocumentKind.SUPPLEMENT,),
            recipients=(Recipient.PANEL,),
            rule="RR-36",
        ),
        # Nothing is decided by it, so it meets no clock either (GOV-11).
        Notice.RAPID_REVIEW_UNAGREED: NoticeRule(
            document_class=DocumentClass.RAPID_REVIEW,
            kinds=(DocumentKind.RAPID_REVIEW_RECORD,),
            recipients=(Recipient.PANEL,),
            rule="GOV-11, RR-37",
        ),
        Notice.PANEL_REPLIED: NoticeRule(
            document_class=DocumentClass.CHALLENGE,
            kinds=(DocumentKind.PANEL_REPLY,),
            recipients=(Recipient.PANEL,),
            rule="GOV-14, GOV-17",
        ),
        Notice.CHALLENGE_LODGED: NoticeRule(
            document_class=DocumentClass.CHALLENGE,
            kinds=(DocumentKind.CHALLENGE_RECORD,),
            recipients=(Recipient.PANEL,),
            rule="GOV-17",
        ),
    }
)
BEFORE_PUBLICATION: Final = frozenset({Notice.REPORT_PRE_SENT, Notice.IMPROVEMENTS_PRE_SENT})


class DispatchState(StrEnum):
    """How far a dispatch has come."""

    BEING_MADE = "being_made"
    TO_CONFIRM = "to_confirm"
    TO_SEND = "to_send"
    ON_ITS_WAY = "on_its_way"
    TO_COLLECT = "to_collect"
    ACCEPTED = "accepted"
    COLLECTED = "collected"
    SENT = "sent"
    REFUSED = "refused"
    RETURNED = "returned"
    MISDIRECTED = "misdirected"
    EXPIRED = "expired"
    REVOKED = "revoked"
    DROPPED = "dropped"

    @property
    def counts(self) -> bool:
        """Tell whether it meets the duty towards its recipient."""
        return self in _COUNTING

    @property
    def waits_for_a_person(self) -> bool:
        """Tell whether a person may send it by hand now."""
        return self in _FOR_A_PERSON

    @property
    def may_be_collected(self) -> bool:
        """Tell whether its documents may be collected with the address and the code."""
        return self in _OPEN_TO_COLLECT

    @property
    def is_under_way(self) -> bool:
        """Tell whether it has left and nobody knows yet whether it will count."""
        return self in UNDER_WAY

    @property
    def has_failed(self) -> bool:
        """Tell whether it did not reach its recipient."""
        return self in _FAILED


class Proof(StrEnum):
    """What shows that a dispatch left."""

    RELAY_ACCEPTED = "relay_accepted"
    CATCHER_ACCEPTED = "catcher_accepted"
    COLLECTED = "collected"
    SAID_BY_A_PERSON = "said_by_a_person"


_S = DispatchState
_COUNTING: Final = frozenset({_S.ACCEPTED, _S.SENT, _S.COLLECTED})
_FAILED: Final = frozenset({_S.REFUSED, _S.RETURNED, _S.MISDIRECTED, _S.EXPIRED, _S.REVOKED})
_OPEN_TO_COLLECT: Final = frozenset({_S.TO_COLLECT, _S.COLLECTED})
_FOR_A_PERSON: Final = frozenset({_S.TO_CONFIRM, _S.TO_SEND, *_FAILED})
UNDER_WAY: Final = frozenset({_S.ON_ITS_WAY, _S.TO_COLLECT})
TO_CORRECT: Final = frozenset({_S.TO_CONFIRM, _S.TO_SEND})
TO_GIVE_AN_ADDRESS: Final = frozenset({_S.TO_SEND, *_FAILED})
HAVE_AN_ADDRESS: Final = frozenset({*UNDER_WAY, *_OPEN_TO_COLLECT})
LEFT_HERE: Final = frozenset({_S.TO_COLLECT, *_COUNTING, *_FAILED} - {_S.REFUSED, _S.MISDIRECTED})
_OVER: Final = (_S.REFUSED, _S.RETURNED, _S.MISDIRECTED, _S.EXPIRED, _S.REVOKED, _S.DROPPED)
_AFTER: Final[Mapping[DispatchState, frozenset[DispatchState]]] = MappingProxyType(
    {
        _S.BEING_MADE: frozenset({_S.TO_CONFIRM, _S.TO_SEND, _S.ON_ITS_WAY, _S.DROPPED}),
        _S.TO_CONFIRM: frozenset({_S.BEING_MADE, _S.ON_ITS_WAY, _S.SENT, _S.DROPPED}),
        _S.TO_SEND: frozenset({_S.BEING_MADE, _S.SENT, _S.ON_ITS_WAY, _S.DROPPED}),
        _S.ON_ITS_WAY: frozenset({_S.ACCEPTED, _S.TO_COLLECT, _S.REFUSED, _S.REVOKED}),
        _S.TO_COLLECT: frozenset(
            {_S.COLLECTED, _S.EXPIRED, _S.REVOKED, _S.RETURNED, _S.MISDIRECTED}
        ),
        _S.COLLECTED: frozenset({_S.RETURNED, _S.MISDIRECTED}),
        _S.ACCEPTED: frozenset({_S.RETURNED, _S.MISDIRECTED}),
        _S.SENT: frozenset({_S.RETURNED, _S.MISDIRECTED}),
        **dict.fromkeys(_OVER, frozenset[DispatchState]()),
    }
)


def move_dispatch(state: DispatchState, to: DispatchState) -> DispatchState:
    """Return the state a dispatch comes to; refuse what cannot follow.

    One that failed stays so: sending again is another dispatch, and both are shown.
    """
    if to not in _AFTER[state]:
        raise RuleBroken("This dispatch has come further meanwhile: look at the case again.")
    return to


@dataclass(frozen=True, slots=True)
class Sent:
    """What is known of one dispatch: to whom, how it stands, on which day it was sent."""

    recipient: Recipient
    state: DispatchState
    sent_on: date | None = None


def counted(dispatches: Iterable[Sent]) -> Mapping[Recipient, date | None]:
    """Return for each recipient the day of the first dispatch that counts, or None for none."""
    days: dict[Recipient, date | None] = {}
    for one in dispatches:
        day, before = one.sent_on if one.state.counts else None, days.get(one.recipient)
        days[one.recipient] = min(filter(None, (day, before)), default=None)
    return days


def met_on(dispatches: Iterable[Sent]) -> date | None:
    """Return the day on which the last recipient was sent it; None while one of them was not.

    With several recipients the duty is met when the last is (PUB-26: three).
    """
    days = list(counted(dispatches).values())
    known = [day for day in days if day is not None]
    return max(known) if known and len(known) == len(days) else None
