"""The way out of a disagreement: who is to resolve it by which day, and how it ended (GOV-11).

No step of it decides anything: whatever it comes to, nothing is decided until every seat agrees.
"""

from datetime import date
from typing import Final

from services.casework.effects import close_todos, last_day, open_todo, policy_of
from services.casework.joint.matters import (
    entries_said,
    facts_said,
    parties_deciding,
    signatures,
)
from services.casework.steps.rounds.sign_off_rounds import (
    all_agree,
    end_route,
    newest_round,
    round_of,
)
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.history import Entry
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.dissent import DialogueResult, day_to_resolve, route_of
from services.domain.entry_types import EntryType
from services.domain.parties import standing
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo

_WAITING: Final = {
    SignOffMatter.RAPID_REVIEW: ClockId.K10,
    SignOffMatter.REPORT: ClockId.K11,
    SignOffMatter.PUBLICATION: ClockId.K12,
}
"""Which duty waits until all partners agree on the matter."""


def day_that_waits(work: UnitOfWork, case: Case, matter: SignOffMatter) -> date | None:
    """Return the last day of the duty that waits for the partners' agreement, where one runs."""
    clock = _WAITING.get(matter)
    return last_day(work, case, clock) if clock else None


def open_route(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Ask the chair to resolve the disagreement, by the policy's own day (GOV-11).

    Where one of the round is being resolved already, its earlier day stays.
    """
    policy = policy_of(case)
    calendar = work.calendar.closed_on(policy.closed_days)
    waits = day_that_waits(work, case, matter)
    by = day_to_resolve(work.today, policy.dissent_days, waits, calendar)
    close_todos(work, case, Todo.HEAR_NAMED_LEADS, subject=matter.value)
    open_todo(work, case, Todo.RESOLVE_DISAGREEMENT, last_day=by, subject=matter.value)


def ask_leads(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Ask the manager to put an unresolved disagreement to the partners' named leads (GOV-12)."""
    by = day_that_waits(work, case, matter)
    open_todo(work, case, Todo.HEAR_NAMED_LEADS, last_day=by, subject=matter.value)


def look_at_route(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Ask for our leads where the lead's dialogue did not resolve it, or no more once all agree."""
    if is_unresolved(work, case, matter):
        ask_leads(work, case, matter)
    elif all_agree(work, case, matter):
        end_route(work, case, matter)


def dissents_now(work: UnitOfWork, case: Case, matter: SignOffMatter) -> tuple[SignOff, ...]:
    """Return the positions of the newest round that stand and disagree, of whichever side."""
    signed = signatures(work, case, matter, round_of(work, case, matter))
    return standing(signed, parties_deciding(work, case, matter)).dissents


def is_by_a_lead(work: UnitOfWork, case: Case, matter: SignOffMatter) -> bool:
    """Tell whether a position that stands in the newest round took a delegate's place (GOV-12)."""
    signed = signatures(work, case, matter, round_of(work, case, matter))
    return any(one.replaces for one in signed)


def is_unresolved(work: UnitOfWork, case: Case, matter: SignOffMatter) -> bool:
    """Tell whether the route ended without agreement on the disagreements that stand.

    One that was given after it opens the route again.
    """
    against, round_ = dissents_now(work, case, matter), round_of(work, case, matter)
    ways = {route_of(matter, round_, one): one for one in DialogueResult}
    held = facts_said(work, case, matter, EntryType.DIALOGUE_RECORDED)
    of_round = [one for one in held if one.subject in ways]
    if not against or not of_round or ways[of_round[-1].subject] is DialogueResult.NEW_VERSION:
        return False
    return of_round[-1].at >= max(one.at for one in against)


def dialogues_on(work: UnitOfWork, case: Case, matter: SignOffMatter) -> list[Entry]:
    """Return what is on record of the dialogues about the newest round, as the actor may read it.

    In a joint review they stand on the case that carries the matter.
    """
    ways = {route_of(matter, newest_round(work, case, matter), one) for one in DialogueResult}
    held = entries_said(work, case, matter, EntryType.DIALOGUE_RECORDED)
    return [one for one in held if one.subject in ways]
