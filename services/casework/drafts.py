"""Drafts: what a person has typed into the form of an act, kept for them until they send it.

A draft is no record: nothing of it is in the history, the audit or a log, and no one but its author
reads it. It is saved and shown by the same door as its form. It ends with the act, when its author
discards it or declares a conflict, when the case closes, and when it was not touched for as long as
the partnership's policy keeps drafts.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from services.casework.access.cases import cases_seen
from services.database import drafts
from services.database.cases import Case, get_case
from services.database.drafts import Draft, DraftPlace
from services.database.history import form_used
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.policy_json import stored_policy
from services.domain.errors import AlreadyDone, AnswerRefused, RuleBroken
from services.domain.identifiers import CaseId
from services.storage import ObjectName, Store

MOST_BYTES: Final = 1_000_000

TypedAnswers = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class SealedDraft:
    """What stands in a form, encrypted for its place, and the form it is of.

    ``follows`` is the key of the form that had saved when this one was opened, if one had. What
    ``replaces`` takes the place of a draft that another window has saved since.
    """

    content: bytes
    form_version: str
    follows: UUID | None = None
    replaces: bool = False


@dataclass(frozen=True, slots=True)
class Begun:
    """A form that the actor has begun, on a case that is open to them or on none."""

    act: str
    case: Case | None
    about: str
    saved_at: datetime


def place_of(work: UnitOfWork, act: str, case_id: CaseId | None, about: str = "") -> DraftPlace:
    """Return where the actor's draft of this act's form lies.

    ``about`` is which of several things on the case the form is about, where its act says so.
    """
    return DraftPlace(work.actor.partnership_id, work.actor.person_id, act, case_id, about)


def seal(store: Store, place: DraftPlace, answers: TypedAnswers) -> bytes:
    """Encrypt the answers under the partnership's key, bound to their place.

    It asks the key service, so no transaction is open. Raises AnswerRefused where they are too
    long, KeyMissing and KeysUnavailable where they cannot be encrypted.
    """
    content = json.dumps({name: list(said) for name, said in answers.items()}).encode()
    if len(content) > MOST_BYTES:
        raise AnswerRefused(
            "",
            "What you have typed is too long to be saved as a draft: it may have 1 MB. "
            "The draft that was saved before, if any, is kept.",
        )
    return store.seal(_name(place), content)


def unseal(store: Store, draft: Draft, place: DraftPlace) -> TypedAnswers:
    """Return the answers of a draft of this place; a draft of another place does not open."""
    told = json.loads(store.unseal(_name(place), draft.sealed))
    return {name: tuple(said) for name, said in told.items()}


def save_draft(work: UnitOfWork, place: DraftPlace, sealed: SealedDraft) -> datetime:
    """Keep what stands in the form in place of what it saved before, and return when.

    The case is locked first, as acts lock it, so a draft that is saved while its form is sent
    cannot outlive the act. Raises AlreadyDone for a form that was acted on, RuleBroken where
    another window has saved another draft of the same form meanwhile.
    """
    if place.case_id is not None:
        get_case(work.session, CaseId(place.case_id), for_change=True)
    drafts.lock_draft(work.session, place)
    if work.once is None or form_used(work.session, work.once) is not None:
        raise AlreadyDone("This form has been sent already. What it said is on record, once.")
    found = drafts.draft_at(work.session, place)
    moved = drafts.draft_moved(work.session, place, work.once, sealed.follows)
    if found is not None and not _may_replace(found, work.once, sealed):
        raise RuleBroken(
            "You have typed into this form in another window as well, and that is kept as your "
            "draft. This was not saved. Copy what you need into the other window, or send this."
        )
    draft = found or _new(place, work.once, moved.begun_at if moved is not None else work.now)
    if moved is not None:
        work.session.delete(moved)
    draft.form_version, draft.form_key = sealed.form_version, work.once
    draft.sealed, draft.saved_at = sealed.content, work.now
    work.session.add(draft)
    work.session.flush()
    return work.now


def _may_replace(found: Draft, once: UUID, sealed: SealedDraft) -> bool:
    return sealed.replaces or found.form_key in (once, sealed.follows)


def _new(place: DraftPlace, form_key: UUID, begun_at: datetime) -> Draft:
    return Draft(
        tenant_id=place.partnership_id,
        id=place.id,
        case_id=place.case_id,
        person_id=place.person_id,
        act=place.act,
        about=place.about,
        form_version="",
        form_key=form_key,
        sealed=b"",
        begun_at=begun_at,
        saved_at=begun_at,
    )


def end_draft(work: UnitOfWork, act: str, case_id: CaseId | None, about: Collection[str]) -> None:
    """End the actor's drafts of this form about these things: the act is done, or they discard it.

    So does what the very form that is posted saved, whatever was chosen in it then, and what it was
    opened with, if that says nothing of what it is about.
    """
    place = place_of(work, act, case_id)
    drafts.lock_draft(work.session, place)
    drafts.delete_drafts(work.session, place, about, work.once, work.begun)


def end_own_drafts(work: UnitOfWork, case: Case) -> None:
    """End all that the actor has begun on a case that is closed to them now."""
    drafts.delete_own_drafts(work.session, work.actor.person_id, case.id)


def forms_begun(work: UnitOfWork) -> list[Begun]:
    """Return the forms that the actor has begun, newest first; none of a case they may not open."""
    found = drafts.begun_forms(work.session, work.actor.person_id)
    if not found:
        return []
    among = {one.case_id for one in found if one.case_id is not None}
    cases = {case.id: case for case in cases_seen(work, among=among).open}
    return [
        Begun(one.act, cases[one.case_id] if one.case_id else None, one.about, one.saved_at)
        for one in found
        if one.case_id is None or one.case_id in cases
    ]


def dispose_of_drafts(work: UnitOfWork) -> int:
    """Delete drafts older than the policy keeps them, and of people who are gone or barred."""
    policy = stored_policy(work.partnership.policy)
    saved_before = work.now - timedelta(days=policy.draft_days)
    return drafts.dispose_of_drafts(work.session, saved_before, work.today)


def _name(place: DraftPlace) -> ObjectName:
    """Return the name that the draft is encrypted for: made of ids, and in no bucket."""
    return ObjectName(place.partnership_id, f"draft/{place.id}")
