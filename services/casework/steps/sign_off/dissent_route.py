"""The way out of a disagreement: who is to resolve it by which day, and how it ended (GOV-11).

No step of it decides anything: whatever it comes to, nothing is decided until every seat agrees.
"""

from datetime import date

from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    move_todo,
    open_todo,
)
from services.casework.joint.matters import (
    entries_said,
    facts_said,
    parties_deciding,
    signatures,
)
from services.casework.steps.after_publication.standing import is_waiting
from services.casework.steps.rapid_review.reconsidering import is_put_no_more
from services.casework.steps.rounds.dissent_days import day_from, day_that_waits
from services.casework.steps.rounds.group_advice import waits_for_advice
from services.casework.steps.rounds.report_signed import is_report_signed
from services.casework.steps.rounds.sign_off_rounds import (
    end_route,
    newest_round,
    round_of,
)
from services.database.cases import Case
from services.database.decisions import SignOff
from services.database.history import Entry, Fact
from services.database.unit_of_work import UnitOfWork
from services.domain.dissent import DialogueResult, route_of
from services.domain.emails import EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.parties import standing
from services.domain.sign_off import SignOffMatter
from services.domain.todos import Todo


def open_route(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Ask the chair to resolve the disagreement, by the policy's own day (GOV-11).

    Where one of the round is being resolved already, its earlier day stays.
    """
    by = day_from(work, case, work.today, day_that_waits(work, case, matter))
    close_todos(work, case, Todo.HEAR_NAMED_LEADS, subject=matter.value)
    open_todo(work, case, Todo.RESOLVE_DISAGREEMENT, last_day=by, subject=matter.value)


def ask_leads(
    work: UnitOfWork, case: Case, matter: SignOffMatter, *, last_day: date | None = None
) -> None:
    """Ask the manager to put an unresolved disagreement to the partners' named leads (GOV-12).

    Manager and chair are told by email, once for each dialogue that did not resolve it. Whose clock
    runs elsewhere gives the ``last_day`` that the lead told.
    """
    by = last_day or day_that_waits(work, case, matter)
    open_todo(work, case, Todo.HEAR_NAMED_LEADS, last_day=by, subject=matter.value)
    if last_day is not None:
        move_todo(work, case, Todo.HEAR_NAMED_LEADS, last_day, subject=matter.value)
    part = f"{matter}:{round_of(work, case, matter)}:{_held(work, case, matter)[-1].number}"
    enqueue_email(work, case, EmailTrigger.DISAGREEMENT_TOLD, EmailContext(part=part))


def look_at_route(
    work: UnitOfWork, case: Case, matter: SignOffMatter, *, last_day: date | None = None
) -> None:
    """Ask for our leads where the lead's dialogue did not resolve it, and else no more.

    Nobody's position is replaced while a later disagreement is spoken about, and nothing is left to
    resolve where nobody disagrees any more.
    """
    if is_unresolved(work, case, matter):
        ask_leads(work, case, matter, last_day=last_day)
    elif dissents_now(work, case, matter):
        close_todos(work, case, Todo.HEAR_NAMED_LEADS, subject=matter.value)
    else:
        end_route(work, case, matter)


def is_put_to_nobody(work: UnitOfWork, case: Case, matter: SignOffMatter) -> bool:
    """Tell whether what was put before is put to nobody now, here or on the lead's case.

    So is a decision that was reopened or whose words changed, what newer terms replace, learning
    that is shared with the report once all have signed it (LC-22), and what was proposed of a
    published report and is done or not pursued.
    """
    if matter is SignOffMatter.RAPID_REVIEW:
        return is_put_no_more(work, case)
    if matter is SignOffMatter.INTERIM_LEARNING:
        return is_report_signed(work, case)
    if matter is SignOffMatter.TAKING_DOWN:
        return not is_waiting(work, case)
    return waits_for_advice(work, case, matter)


def dissents_now(work: UnitOfWork, case: Case, matter: SignOffMatter) -> tuple[SignOff, ...]:
    """Return the positions of the newest round that stand and disagree, of whichever side.

    While the round is put to nobody there is nothing to resolve in it.
    """
    if is_put_to_nobody(work, case, matter):
        return ()
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
    against, held = dissents_now(work, case, matter), _held(work, case, matter)
    ended = route_of(matter, round_of(work, case, matter), DialogueResult.NOT_RESOLVED)
    if not against or not held or held[-1].subject != ended:
        return False
    return held[-1].at >= max(one.at for one in against)


def _held(work: UnitOfWork, case: Case, matter: SignOffMatter) -> list[Fact]:
    """Return that dialogues were held about the newest round, oldest first."""
    round_ = round_of(work, case, matter)
    ways = {route_of(matter, round_, one) for one in DialogueResult}
    held = facts_said(work, case, matter, EntryType.DIALOGUE_RECORDED)
    return [one for one in held if one.subject in ways]


def dialogues_on(work: UnitOfWork, case: Case, matter: SignOffMatter) -> list[Entry]:
    """Return what is on record of the dialogues about the newest round, as the actor may read it.

    In a joint review they stand on the case that carries the matter.
    """
    ways = {route_of(matter, newest_round(work, case, matter), one) for one in DialogueResult}
    held = entries_said(work, case, matter, EntryType.DIALOGUE_RECORDED)
    return [one for one in held if one.subject in ways]
