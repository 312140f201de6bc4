"""Which round of sign-off a matter is in, and whether every party agrees."""

from datetime import date
from uuid import UUID

from services.casework.effects import (
    EmailContext,
    close_todos,
    enqueue_email,
    move_todo,
    open_todo,
    place_order,
)
from services.casework.joint.matters import facts_said, parties_deciding, signatures, signed_ever
from services.casework.joint.membership import fellow_members
from services.casework.joint.orders import AskToSign
from services.casework.steps.rounds.group_advice import waits_for_advice
from services.casework.steps.rounds.marked_matters import (
    ask_to_list,
    asked_for_signers,
    close_asked,
    waiting_signers,
)
from services.database.assignments import open_assignments
from services.database.cases import Case
from services.database.history import Entry, Fact, newest_place
from services.database.unit_of_work import UnitOfWork
from services.domain.emails import EmailMatter, EmailTrigger
from services.domain.entry_types import EntryType
from services.domain.identifiers import CaseId
from services.domain.joint_reviews import DECIDED_WITH
from services.domain.parties import standing
from services.domain.sign_off import OPENED_BY, SignOffMatter
from services.domain.todos import ON_DISSENT, TODO, Todo

TODO_OF = {
    SignOffMatter.REVIEW_REQUEST: Todo.SIGN_REQUEST,
    SignOffMatter.RAPID_REVIEW: Todo.SIGN_RAPID_REVIEW,
    SignOffMatter.TERMS_OF_REFERENCE: Todo.SIGN_TERMS,
    SignOffMatter.INTERIM_LEARNING: Todo.SIGN_INTERIM_LEARNING,
    SignOffMatter.RECOMMENDATIONS: Todo.SIGN_RECOMMENDATIONS,
    SignOffMatter.REPORT: Todo.SIGN_REPORT,
    SignOffMatter.PUBLICATION: Todo.SIGN_PUBLICATION,
    SignOffMatter.TAKING_DOWN: Todo.SIGN_TAKING_DOWN,
    SignOffMatter.PROPOSED_PLAN: Todo.SIGN_PROPOSED_PLAN,
    SignOffMatter.ACTION_PLAN: Todo.SIGN_PLAN,
}
_EMAIL_MATTERS = {
    SignOffMatter.REVIEW_REQUEST: EmailMatter.REVIEW_REQUEST,
    SignOffMatter.RAPID_REVIEW: EmailMatter.RAPID_REVIEW,
    SignOffMatter.TERMS_OF_REFERENCE: EmailMatter.TERMS_OF_REFERENCE,
    SignOffMatter.INTERIM_LEARNING: EmailMatter.INTERIM_LEARNING,
    SignOffMatter.RECOMMENDATIONS: EmailMatter.RECOMMENDATIONS,
    SignOffMatter.REPORT: EmailMatter.REPORT,
    SignOffMatter.PUBLICATION: EmailMatter.PUBLICATION,
    SignOffMatter.TAKING_DOWN: EmailMatter.TAKING_DOWN,
    SignOffMatter.PROPOSED_PLAN: EmailMatter.PROPOSED_PLAN,
    SignOffMatter.ACTION_PLAN: EmailMatter.ACTION_PLAN,
}


def openings(work: UnitOfWork, case: Case, matter: SignOffMatter) -> list[Fact]:
    """Return the entries that put a version of the matter to the partners, oldest first.

    One that has no words of its own puts the same version to other partners.
    """
    found = facts_said(work, case, matter, *OPENED_BY[matter], EntryType.ROUND_TURNED)
    return [one for one in found if is_opening(one, matter)]


def is_opening(entry: Entry | Fact, matter: SignOffMatter) -> bool:
    """Tell whether the entry put the matter to the partners."""
    if entry.entry_type is EntryType.ROUND_TURNED:
        return entry.subject == matter
    return entry.entry_type in OPENED_BY[matter]


def round_of(work: UnitOfWork, case: Case, matter: SignOffMatter) -> int:
    """Return the round: each new version of a matter is signed afresh by every party."""
    return len(openings(work, case, matter))


def newest_round(work: UnitOfWork, case: Case, matter: SignOffMatter) -> int:
    """Return the newest round that we know of, also where what it put is no longer shown to us."""
    put = round_of(work, case, matter)
    return put or max((one.round for one in signed_ever(work, case, matter)), default=0)


def all_agree(work: UnitOfWork, case: Case, matter: SignOffMatter) -> bool:
    """Tell whether every party has signed this round and none of them disagrees (GOV-11)."""
    signed = signatures(work, case, matter, round_of(work, case, matter))
    return standing(signed, parties_deciding(work, case, matter)).agreed_on is not None


def is_settled(work: UnitOfWork, case: Case, matter: SignOffMatter) -> bool:
    """Tell whether no version of the matter waits for the partners: none was put, or all agree."""
    return round_of(work, case, matter) == 0 or all_agree(work, case, matter)


def invite(
    work: UnitOfWork, case: Case, matter: SignOffMatter, *, last_day: date | None = None
) -> None:
    """Ask each party of ours to sign this round, and each partnership that decides with us.

    While a police mark hides part of it from one of them, nobody is asked; who marked is told. Nor
    is anybody while the review group's advice on terms of reference is awaited (G6): who is still
    asked for the version before is asked no more.
    """
    if waits_for_advice(work, case, matter):
        ask_no_more(work, case, matter)
        if round_of(work, case, matter) > 1:
            ask_others_no_more(work, case, matter)
        return
    if ask_to_list(work, case, matter, last_day=last_day):
        ask_no_more(work, case, matter)
        return
    round_ = round_of(work, case, matter)
    ask_ours(work, case, matter, round_, last_day=last_day)
    ask_others(work, case, matter, last_day=last_day)


def end_route(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Ask nobody any more to resolve a disagreement on the matter: another version is put of it."""
    close_todos(work, case, *ON_DISSENT, subject=matter.value)


def ask_no_more(work: UnitOfWork, case: Case, *matters: SignOffMatter) -> None:
    """Ask nobody of ours any more to sign these, nor to resolve a disagreement on them."""
    for matter in matters:
        close_todos(work, case, TODO_OF[matter])
        end_route(work, case, matter)


def close_turns(work: UnitOfWork, case: Case, *todos: Todo) -> None:
    """Close these; with a request to sign ends what is asked about a disagreement on its matter."""
    close_todos(work, case, *todos)
    ask_no_more(work, case, *(matter for matter, todo in TODO_OF.items() if todo in todos))


def put_what_waits(work: UnitOfWork, case: Case) -> None:
    """Look again at who may read what: ask those who marked, and put what no longer waits."""
    waited = {matter: one.last_day for one, matter in asked_for_signers(work, case)}
    for matter in SignOffMatter:
        round_ = round_of(work, case, matter)
        is_open = bool(round_) and not all_agree(work, case, matter)
        if matter in waited and is_open and not _is_put(work, case, matter, round_):
            invite(work, case, matter, last_day=waited[matter])
        elif is_open and _is_put(work, case, matter, round_):
            ask_to_list(work, case, matter)
        else:
            close_asked(work, case, matter)


def _is_put(work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int) -> bool:
    """Tell whether anybody has signed the round or is asked to."""
    is_asked = any(one.todo is TODO_OF[matter] for one in open_assignments(work.session, case.id))
    return is_asked or bool(signatures(work, case, matter, round_))


def ask_others(
    work: UnitOfWork,
    case: Case,
    matter: SignOffMatter,
    *,
    last_day: date | None = None,
    grant_id: UUID | None = None,
) -> None:
    """Order that each partnership that decides the matter with us is asked to sign the round."""
    _order_others(work, case, matter, last_day=last_day, grant_id=grant_id)


def ask_others_no_more(work: UnitOfWork, case: Case, matter: SignOffMatter) -> None:
    """Order that who decides the matter with us looks again: a round not settled is put no more."""
    if not is_settled(work, case, matter):
        have_others_look(work, case, matter)


def have_others_look(
    work: UnitOfWork, case: Case, matter: SignOffMatter, *, last_day: date | None = None
) -> None:
    """Order that who decides the matter with us looks again at how its newest round stands.

    With the last day of what waits for their agreement, where one runs on our case.
    """
    since = newest_place(work.session, case.id).number
    _order_others(work, case, matter, last_day=last_day, since=since)


def _order_others(
    work: UnitOfWork, case: Case, matter: SignOffMatter, **told: date | UUID | int | None
) -> None:
    """Order it of each partnership that decides the matter with us, about its newest round."""
    round_ = round_of(work, case, matter)
    for other in fellow_members(work, case):
        if matter in DECIDED_WITH and other.part.holds(DECIDED_WITH[matter]):
            about = {"partnership_id": other.tenant_id, "joint_review_id": other.joint_review_id}
            order = AskToSign.model_validate({**about, "matter": matter, "round": round_, **told})
            place_order(work, CaseId(case.id), TODO[TODO_OF[matter]].step, order)


def ask_again(work: UnitOfWork, case: Case, grant_id: UUID) -> None:
    """Ask for the signatures that wait, now that more is shown by this grant."""
    for matter in DECIDED_WITH:
        is_open = round_of(work, case, matter) and not all_agree(work, case, matter)
        waits = waits_for_advice(work, case, matter) or waiting_signers(work, case, matter)
        if is_open and not waits:
            ask_others(work, case, matter, grant_id=grant_id)


def ask_ours_again(
    work: UnitOfWork,
    case: Case,
    matter: SignOffMatter,
    round_: int,
    *,
    last_day: date | None = None,
) -> None:
    """Ask those of our parties that have not signed the round and are asked no more.

    Those that are still asked are given the day, which may have moved.
    """
    signed = {one.party for one in signatures(work, case, matter, round_)}
    waiting = {one.todo for one in open_assignments(work.session, case.id)}
    if TODO_OF[matter] in waiting and last_day is not None:
        move_todo(work, case, TODO_OF[matter], last_day)
    if TODO_OF[matter] in waiting or signed >= set(work.partnership.parties):
        return
    ask_ours(work, case, matter, round_, last_day=last_day)
    for party in signed & set(work.partnership.parties):
        close_todos(work, case, TODO_OF[matter], subject=party.code)


def ask_ours(
    work: UnitOfWork,
    case: Case,
    matter: SignOffMatter,
    round_: int,
    *,
    last_day: date | None = None,
) -> None:
    """Ask each party of our own partnership to sign the round, and tell each by email."""
    ask_no_more(work, case, matter)
    open_todo(work, case, TODO_OF[matter], last_day=last_day)
    for party in work.partnership.parties:
        about = EmailContext(
            matter=_EMAIL_MATTERS[matter],
            due=last_day,
            todo=TODO_OF[matter],
            party=party,
            part=f"{matter.name}:{round_}:{party.code.upper()}",
        )
        enqueue_email(work, case, EmailTrigger.SIGN_OFF_NEEDED, about)
