"""What is on record, seen by the administrator: whether any of it changed, or one act's traces."""

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, fields
from functools import cache
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Engine, TextClause, text

from services.casework.commands import Command
from services.database.caught_emails import CaughtEmail
from services.domain.errors import CaseworkError
from tests.driven import AFTER_CHECK, Act, Driven
from tests.sent_out import make_checks
from tests.world import SHORT_NAMES, World

# What stands before the partnerships, which the application's role may not read.
OF_THE_DOOR = {"alembic_version", "credentials", "identities", "identity_providers"}
OF_THE_DOOR |= {
    "sign_in_attempts",
    "web_sessions",
    "account_notices",
    "begun_sign_ins",
    "api_tokens",
    "calendar_feeds",
    "system_secrets",
    "code_apps",
}
OF_THE_DOOR |= {"passkey_challenges", "passkeys", "password_resets", "recovery_codes"}
SEATS = ("integrated_care_board", "local_authority", "police")
PARTNERS = ("integrated.care.board", "local.authority", "police")
AGENCIES = ("hospital.desk", "school.desk")
ATTENDEES = (*PARTNERS, "review.group.chair")  # until somebody is named
INVITED = (*AGENCIES, *ATTENDEES)
NATIONAL = ("ofsted", "department", "panel")
_TENANT_TABLES = text(
    "select table_name from information_schema.columns"
    " where table_schema = 'public' and column_name = 'tenant_id' order by 1"
)
# Each row has the number of the transaction that wrote it, which is higher than all before it:
# these two stay the same where no row was added, changed (though into the same) or taken away,
# and cost a tenth of what it costs to read every word.
AS_WRITTEN = "count(*) as rows, coalesce(sum(xmin::text::bigint), 0) as written"


def a_caught_email(partnership_id: UUID) -> CaughtEmail:
    """Return an email that the demonstration's catcher kept, of words that say nothing."""
    words = dict.fromkeys(("message_id", "sender", "recipient", "subject", "body"), "example")
    return CaughtEmail(tenant_id=partnership_id, raw=b"", **words)


@cache
def tenant_tables(admin: Engine) -> list[str]:
    """Return the tables whose rows belong to a partnership."""
    with admin.connect() as link:
        return list(link.execute(_TENANT_TABLES).scalars())


def as_written(admin: Engine, world: World) -> dict[str, tuple[int, int]]:
    """Return of each table how many rows the world's two partnerships have, and by whom written."""
    sides = {"ours": world.ours.partnership_id, "theirs": world.theirs.partnership_id}
    with admin.connect() as link:
        return {row.it: (row.rows, row.written) for row in link.execute(_writings(admin), sides)}


@cache
def _writings(admin: Engine) -> TextClause:
    return text(
        " union all ".join(
            f"select '{table}' as it, {AS_WRITTEN} from {table} where tenant_id in (:ours, :theirs)"  # noqa: S608 -- names from the catalogue
            for table in tenant_tables(admin)
        )
    )


@contextmanager
def nothing_changes(admin: Engine, world: World) -> Iterator[None]:
    """Prove that whatever is tried leaves no trace in either partnership."""
    before = as_written(admin, world)
    yield
    assert as_written(admin, world) == before


@contextmanager
def refused(
    admin: Engine, world: World, kind: type[CaseworkError], *, field: str = "", saying: str = ""
) -> Iterator[None]:
    """Prove that the act is refused, beside its field or by its rule, and changes nothing."""
    with nothing_changes(admin, world), pytest.raises(kind, match=saying or None) as error:
        yield
    assert type(error.value) is kind or not field
    assert getattr(error.value, "field", "") == field


@dataclass
class Traces:
    """What one act left behind, each thing as one line that a person could read."""

    entries: list[str] = field(default_factory=list)
    opened: list[str] = field(default_factory=list)
    closed: list[str] = field(default_factory=list)
    clocks: list[str] = field(default_factory=list)
    ordered: list[str] = field(default_factory=list)
    emails: list[str] = field(default_factory=list)
    dispatches: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        for name in (one.name for one in fields(self)):
            setattr(self, name, sorted(getattr(self, name)))


@contextmanager
def traces(admin: Engine, case: Driven) -> Iterator[Traces]:
    """Collect what the acts inside leave behind on the case."""
    before = _lines(admin, case)
    left = Traces()
    yield left
    after = _lines(admin, case)
    for name, lines in after.items():
        setattr(left, name, sorted((Counter(lines) - Counter(before[name])).elements()))


def leaves(admin: Engine, case: Driven, act: Act, command: Command, **done: Any) -> Traces:
    """Return what the act leaves behind; `who` does it, and `when`."""
    who, when = done.pop("who"), done.pop("when")
    if act in AFTER_CHECK:  # what it waits for is no trace of its own
        make_checks(case.world, case.case_id, when)
    with traces(admin, case) as left:
        case.do(act, command, who, when, **done)
    return left


def kept_of(admin: Engine, case: Driven) -> Traces:
    """Return all that is on record of the case."""
    return Traces(**_lines(admin, case))


def emails(event: str, *to: str) -> list[str]:
    """Return the event's emails to these, as traces show them."""
    return sorted(f"{event} | {one}" for one in to)


def dispatches(notice: str, state: str, *to: str) -> list[str]:
    """Return the notice's dispatches to these, as traces show them."""
    return sorted(f"{notice} | {one} | {state}" for one in to)


def turns(todo: str, *whose: str, by: str = "") -> list[str]:
    """Return the assignments of this todo for these, as traces show them."""
    return sorted(f"{todo} | {one}" + (f" | {by}" if by else "") for one in whose)


_QUESTIONS = {
    "entries": "select entry_type from entries where case_id = :case order by number",
    "opened": "select concat_ws(' | ', todo, coalesce(agency_id::text, seat, role), last_day)"
    " from assignments where case_id = :case and closed_at is null",
    "closed": "select concat_ws(' | ', todo, coalesce(agency_id::text, seat, role))"
    " from assignments where case_id = :case and closed_at is not null",
    "clocks": "select concat_ws(' ', clock, nullif(subject, ''), case when met_on is not null"
    " then 'met ' || met_on when ended_on is not null then 'ended ' || ended_on"
    " else 'due ' || due end) from running_clocks where case_id = :case",
    "ordered": "select concat_ws(' | ', step, payload->>'kind', payload->>'agency_id',"
    " 'v' || (payload->>'version')) from due_work where case_id = :case",
    "emails": "select concat_ws(' | ', event, coalesce(nullif(address, ''), recipient))"
    " from outbox_emails where case_id = :case",
    "dispatches": "select concat_ws(' | ', notice, recipient, state, sent_on)"
    " from dispatches where case_id = :case",
}


def _lines(admin: Engine, case: Driven) -> dict[str, list[str]]:
    known = {"case": case.case_id}
    with admin.connect() as link:
        found = {
            name: [*link.execute(text(question), known).scalars()]
            for name, question in _QUESTIONS.items()
        }
    return {name: sorted(_plain(line, case) for line in lines) for name, lines in found.items()}


def _plain(line: str, case: Driven) -> str:
    """Say an agency's id by its name, and leave out where people's emails go."""
    for name, short in SHORT_NAMES.items():
        line = line.replace(str(case.agency(name)), short)
    return line.replace("@ours.example", "")
