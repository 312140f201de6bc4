"""What is known is not asked again: which answers of which form stand on record already, and where.

A form opens with them, marked by where they were said and when; whoever fills it in changes what is
not right. An answer stands here only where it is the same answer: a word that is given anew, such
as a reason, a finding or a statement that something is complete, is never put in for anybody.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, Final

from pydantic import TypeAdapter

from services.casework.acts import ACTS
from services.casework.labels import label
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_text import capital

Reads = Callable[[Any], object]


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownQuestion:
    """A question of one act that was answered by another, or by the same in an earlier round.

    ``said_in`` are the acts whose newest entry holds it, under ``field``; without a ``field`` the
    form opens with it by itself (`prefill`), and it is only marked. ``reads`` makes it of the whole
    entry. An agency's own was said by that agency.
    """

    act: str
    question: str
    said_in: tuple[str, ...]
    called: str
    field: str = ""
    reads: Reads | None = None
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class KnownAnswer:
    """One answer on record: the question, the answer if it is put in from here, where and when."""

    question: str
    answer: object
    called: str
    at: datetime


def _same(act: str, questions: str, said_in: str, called: str) -> Iterator[KnownQuestion]:
    """Yield the questions that the other act asks by the same names."""
    for name in questions.split():
        yield KnownQuestion(act=act, question=name, said_in=(said_in,), called=called, field=name)


def _one(act: str, question: str, said_in: str, field: str, called: str) -> KnownQuestion:
    return KnownQuestion(act=act, question=question, said_in=(said_in,), called=called, field=field)


def _opened(act: str, question: str, said_in: str, called: str) -> KnownQuestion:
    return KnownQuestion(act=act, question=question, said_in=tuple(said_in.split()), called=called)


def _of_the_death(question: str, *fields: str) -> KnownQuestion:
    """Return what the referral says of the child or young person who died, if of one alone."""

    def reads(said: Any) -> str | None:  # noqa: ANN401 -- a referral, or a correction of one
        died = [one for one in said.children if getattr(one, "died_on", None) is not None]
        if len(died) != 1:
            return None
        told = (getattr(died[0], name, None) for name in fields)
        words = (label(one) if isinstance(one, StrEnum) else str(one) for one in told if one)
        return capital(", ".join(words)) or None

    return KnownQuestion(
        act="record_looked_after_death",
        question=question,
        said_in=("refer", "refer_on", "correct_referral"),
        called="the referral",
        reads=reads,
    )


_DRAFT: Final = (
    "overview decisions joint_working general prevention good_practice learning equality "
    "improvements systemic family one_alone detail_kept"
)
_TELLING: Final = "shares_reasons family_how tells_agencies agencies_words agencies_why_not"
_DECISION: Final = "the rapid review decision"
_TERMS: Final = "the terms of reference"
_PUBLISHED: Final = "the publication"

KNOWN_QUESTIONS: Final[tuple[KnownQuestion, ...]] = (
    _opened("refer_on", "children", "log_lead request_review", "what was logged before"),
    _of_the_death("legal_status", "legal_status"),
    _of_the_death("placement", "placement", "provider"),
    _of_the_death("cause", "cause"),
    _opened("submit_return", "family", "refer refer_on correct_referral", "the referral"),
    *_same("set_meeting", "place agenda", "set_meeting", "the meeting as it was set before"),
    _opened("hold_meeting", "present", "name_attendees", "the list of who attends"),
    _one("record_group_meeting", "held_on", "record_group_meeting", "meets_on", "its last meeting"),
    *_same("propose_local_course", _TELLING, "propose_decision", _DECISION),
    *_same("agree_terms", "key_lines why_fifth methodology", "propose_decision", _DECISION),
    _one("agree_terms", "timetable", "propose_decision", "timescale", _DECISION),
    *_same("request_reports", "period_from period_to", "agree_terms", _TERMS),
    *_same(
        "ask_for_more",
        "period_from period_to lawful_basis",
        "request_reports",
        "the request for reports",
    ),
    KnownQuestion(
        act="submit_report",
        question="point_of_contact",
        said_in=("submit_return", "confirm_return", "correct_return"),
        called="the scoping form of your agency",
        field="point_of_contact",
        is_own=True,
    ),
    _one("record_team_meeting", "held_on", "record_team_meeting", "meets_on", "its last meeting"),
    _one("monitor_review", "considered_on", "monitor_review", "next_on", "the last time"),
    _opened("judge_reports", "reports", "submit_report", "the reports that wait"),
    _opened("record_learning_event", "people", "plan_learning_event", "the plan of the event"),
    *_same("submit_draft", _DRAFT, "submit_draft", "the draft that was submitted before"),
    *_same("propose_sharing", "purpose lawful_basis", "invite", "the invitation"),
    *_same("plan_publication", "media_contact", "plan_communications", "the communications plan"),
    _one("publish", "published_on", "plan_publication", "publish_on", "the plan of publication"),
    *_same("confirm_available", "address", "publish", _PUBLISHED),
    *_same("redact_published", "address", "publish", _PUBLISHED),
    *_same("take_down", "address", "publish", _PUBLISHED),
    *_same("reissue", "address", "publish", _PUBLISHED),
    _opened("propose_plan", "actions", "submit_report", "the agencies' own recommendations"),
    _opened("review_plan", "ratings", "propose_plan", "the action plan"),
)


def known_answers(work: UnitOfWork, case: Case, act: str) -> list[KnownAnswer]:
    """Return what is on record of the questions of this act's form, as far as the actor reads it.

    Of several entries the newest holds. What was never said, or left blank, is not among them.
    """
    found = []
    for asked in (one for one in KNOWN_QUESTIONS if one.act == act):
        entry = _newest(work, case, asked)
        if entry is None:
            continue
        answer = _answer(asked, entry)
        if answer is not None or _is_marked_alone(asked):
            found.append(KnownAnswer(asked.question, answer, asked.called, entry.at))
    return found


def _is_marked_alone(asked: KnownQuestion) -> bool:
    return not asked.field and asked.reads is None


def _newest(work: UnitOfWork, case: Case, asked: KnownQuestion) -> Entry | None:
    types = [one for name in asked.said_in for one in ACTS[name].entries]
    found = all_of(work.session, case.id, *types)
    if asked.is_own:
        own = str(work.actor.agency_id or "")
        found = [one for one in found if one.subject == own]
    return found[-1] if found else None


def _answer(asked: KnownQuestion, entry: Entry) -> object:
    content = ACTS[entry.act].content
    if asked.reads is not None:
        return asked.reads(content.model_validate(entry.command))
    kept = entry.command.get(asked.field) if asked.field else None
    if kept is None:
        return None
    kind: Any = content.model_fields[asked.field].annotation
    answer: object = TypeAdapter(kind).validate_python(kept)
    return answer
