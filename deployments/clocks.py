"""`./keyline clocks`: every clock that some given days start, with the working shown."""

import json
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Annotated

import typer

from services.calendars import england
from services.domain.clocks.counting import due_dates, extra_due_dates
from services.domain.clocks.due_dates import Anchors, DueDate
from services.domain.clocks.examples import EXAMPLES
from services.domain.clocks.order import OutOfOrder, must_be_in_order
from services.domain.clocks.policy import NATIONAL, PartnershipPolicy
from services.domain.clocks.policy_json import policy_from_json
from services.domain.errors import AnswerRefused, CaseworkError
from services.domain.labels import label
from services.domain.working_days import at_london, london_date, written

REFUSED = 2
LONGEST_POLICY = 100_000
A_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
A_MOMENT = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?"
    r"(Z|[+-][0-9]{2}:?[0-9]{2})?"
)
MOMENTS_IN_ORDER = (
    ("aware", "notified"),
    ("referral", "received"),
    ("referral", "meeting"),
    ("notified", "decision"),
    ("notified", "submitted"),
    ("decision", "publication"),
)
ANCHOR_NAMES = {
    "notified": "notification",
    "received": "receipt",
    "submitted": "submission",
    "action": "action_due",
}

PolicyFile = Annotated[
    Path | None,
    typer.Option(
        metavar="NAME|FILE",
        help=f"A published procedure ({', '.join(EXAMPLES)}), or a policy as a file of JSON.",
    ),
]


def _day(says: str) -> typer.models.OptionInfo:
    """Describe one option that takes a day."""
    option: typer.models.OptionInfo = typer.Option(metavar="DATE", help=says)
    return option


@dataclass(frozen=True, slots=True)
class When:
    """A day as given, and the moment it was if a time was given too."""

    day: date
    moment: datetime | None = None


def clocks(  # noqa: PLR0913 - each option is one thing that a person may know
    *,
    aware: Annotated[str | None, _day("The local authority first became aware.")] = None,
    referral: Annotated[str | None, _day("The referral was received.")] = None,
    notified: Annotated[str | None, _day("The Panel was notified.")] = None,
    received: Annotated[str | None, _day("An agency received its scoping form.")] = None,
    meeting: Annotated[str | None, _day("The rapid review meeting was held.")] = None,
    decision: Annotated[str | None, _day("The local review was decided on.")] = None,
    submitted: Annotated[str | None, _day("The rapid review went to the Panel.")] = None,
    publication: Annotated[str | None, _day("The report is published.")] = None,
    action: Annotated[str | None, _day("An action is to be complete.")] = None,
    closure: Annotated[str | None, _day("The case was closed.")] = None,
    incident: Annotated[str | None, _day("It happened; some duties are newer.")] = None,
    policy: PolicyFile = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print a list for machines.")] = False,
) -> None:
    """Print when each duty is due, counted from the days given.

    A DATE is YYYY-MM-DD, or YYYY-MM-DDTHH:MM as clocks in England showed it; with Z or
    an offset (+01:00) it is first turned into England's time.
    """
    words = {
        "aware": aware,
        "referral": referral,
        "notified": notified,
        "received": received,
        "meeting": meeting,
        "decision": decision,
        "submitted": submitted,
        "publication": publication,
        "action": action,
        "closure": closure,
        "incident": incident,
    }
    try:
        counted = count(words, policy)
    except CaseworkError as refused:
        print(f"keyline: {refused}", file=sys.stderr)
        raise typer.Exit(REFUSED) from None
    print(as_machines_read(counted) if as_json else as_people_read(counted))


def count(words: Mapping[str, str | None], policy: Path | None = None) -> tuple[DueDate, ...]:
    """Count every clock that these days start, or refuse in one sentence."""
    told = {option: when(option, text) for option, text in words.items() if text is not None}
    if not told:
        raise AnswerRefused("aware", "Give at least one day, such as --aware 2026-04-02.")
    days = {ANCHOR_NAMES.get(option, option): one.day for option, one in told.items()}
    anchors = Anchors(**days)
    must_be_in_order(anchors)
    _moments_must_be_in_order(told)
    chosen = _chosen(policy) if policy else NATIONAL
    return (
        *due_dates(anchors, england(), chosen),
        *extra_due_dates(anchors, england(), chosen),
    )


def when(option: str, text: str) -> When:
    """Read a day or a moment strictly: other spellings of ISO 8601 are refused, not guessed."""
    try:
        if A_DAY.fullmatch(text):
            return When(date.fromisoformat(text))
        if A_MOMENT.fullmatch(text):
            read = datetime.fromisoformat(text)
            moment = at_london(read) if read.tzinfo is None else read.astimezone(UTC)
            return When(london_date(moment), moment)
    except (ValueError, OverflowError):
        raise AnswerRefused(option, f"--{option} {text} is not a date that exists.") from None
    raise AnswerRefused(
        option, f"--{option} {text!r} is not a date: write YYYY-MM-DD or YYYY-MM-DDTHH:MM."
    )


def _chosen(policy: Path) -> PartnershipPolicy:
    """Return the published procedure of that name, else the policy in the file."""
    example = EXAMPLES.get(str(policy))
    return example.policy if example is not None else read_policy(policy)


def read_policy(path: Path) -> PartnershipPolicy:
    """Read a partnership's policy from its file; a key said twice is refused too."""
    try:
        content = path.read_bytes()[: LONGEST_POLICY + 1]
    except OSError as away:
        reason = away.strerror or "it is not there"
        raise AnswerRefused("policy", f"{path} cannot be read: {reason}.") from None
    try:
        told = json.loads(content.decode(), object_pairs_hook=_said_once)
    except (ValueError, RecursionError):
        raise AnswerRefused("policy", f"{path} is not readable JSON.") from None
    if not isinstance(told, dict) or len(content) > LONGEST_POLICY:
        raise AnswerRefused("policy", f"{path} does not hold one policy of a sensible size.")
    return policy_from_json(told)


def as_machines_read(counted: tuple[DueDate, ...]) -> str:
    """Write the clocks as a JSON list; days are YYYY-MM-DD, in the order counted."""
    return json.dumps([_line(due) for due in counted], indent=2)


def as_people_read(counted: tuple[DueDate, ...]) -> str:
    """Write a table of the clocks, then how each one was counted."""
    lines = [f"{'clock':<6} {'opens':<16} {'due':<16} {'force':<5} duty"]
    for due in counted:
        opens = written(due.opens) if due.opens else ""
        lines.append(f"{due.clock:<6} {opens:<16} {written(due.due):<16} {due.force:<5} {due.duty}")
    lines.append("")
    lines.extend(f"{due.clock}: {due.explain()}\n" for due in counted)
    return "\n".join(lines).rstrip()


def _line(due: DueDate) -> dict[str, object]:
    return {
        "clock": f"{due.clock} {due.code}" if due.code else str(due.clock),
        "opens": due.opens.isoformat() if due.opens else None,
        "due": due.due.isoformat(),
        "unit": label(due.unit),
        "force": due.force,
        "rule": due.rule,
        "counted": [day.isoformat() for day in due.counted],
        "skipped": [{"day": off.day.isoformat(), "why": off.why} for off in due.skipped],
    }


def _moments_must_be_in_order(told: Mapping[str, When]) -> None:
    """Refuse times that contradict each other within one day."""
    for earlier, later in MOMENTS_IN_ORDER:
        first, second = _moment(told, earlier), _moment(told, later)
        if first and second and second < first:
            raise OutOfOrder(f"--{later} cannot be before --{earlier}.")


def _moment(told: Mapping[str, When], option: str) -> datetime | None:
    return told[option].moment if option in told else None


def _said_once(pairs: list[tuple[str, object]]) -> dict[str, object]:
    said = dict(pairs)
    if len(said) != len(pairs):
        raise ValueError("A name is said twice.")
    return said
