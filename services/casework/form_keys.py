"""The key of a posted form: one form is one act, however often it is sent."""

import hashlib
import json
from collections.abc import Collection
from typing import Final
from uuid import UUID, uuid4

from pydantic import BaseModel
from sqlmodel import Session

from services.casework.drafts import end_draft
from services.database.history import form_used
from services.database.partnership_row import PartnershipRow
from services.database.unit_of_work import UnitOfWork
from services.domain.errors import AlreadyDone, FormUsedOtherwise
from services.domain.identifiers import CaseId

USED_OTHERWISE: Final = (
    "This form was sent before, with other words. Those are on record. What it says now is not: "
    "look at what is on record, and send it again if it is to be recorded as well."
)
_REPEATED: Final = "a form that was sent before"
SENT: Final = "This form has been sent already. What it said is on record, once."


def refuse_repeat(
    work: UnitOfWork, act_name: str, command: BaseModel, case_id: CaseId | None
) -> None:
    """Refuse a form that has been acted on already: a double click is one act (P4).

    The key is bound to act, case and command: with any of them changed it is no repetition.
    """
    entry = form_used(work.session, work.once) if work.once is not None else None
    if entry is None:
        return
    if entry.form_digest != form_digest(act_name, command, case_id):
        raise FormUsedOtherwise(USED_OTHERWISE)
    work.session.info[_REPEATED] = True
    raise AlreadyDone(SENT)


def new_id(work: UnitOfWork, table: type[PartnershipRow]) -> UUID:
    """Return the id of the row that the form makes: its key; refuse a form that was sent before."""
    if work.once is None:
        return uuid4()
    if work.session.get(table, (work.actor.partnership_id, work.once)) is not None:
        work.session.info[_REPEATED] = True
        raise AlreadyDone(SENT)
    return work.once


def is_same_form(session: Session, known: str | None, form: str) -> bool:
    """Tell whether this very form was sent already; refuse its key with other words (P4).

    ``known`` is the digest of the form by which a row with that key was made, if one was.
    """
    if known is not None and known != form:
        raise FormUsedOtherwise(USED_OTHERWISE)
    if known is not None:
        session.info[_REPEATED] = True
    return known is not None


def was_repeated(session: Session) -> bool:
    """Tell whether in this transaction a form came that was sent before, and did nothing more."""
    return _REPEATED in session.info


def form_digest(act_name: str, command: BaseModel, about: UUID | None) -> str:
    """Return the SHA-256 of act, case and command: what the key of a posted form is bound to.

    An act on the directory has an entry of it where others have a case.
    """
    bound = [act_name, str(about or ""), command.model_dump(mode="json")]
    return hashlib.sha256(json.dumps(bound, sort_keys=True).encode()).hexdigest()


def end_typing(
    work: UnitOfWork, act_name: str, case_id: CaseId | None, about: Collection[str]
) -> None:
    """End what the sender of the form had typed into it before, now that it is acted on.

    What they began for another of several things on the case stays.
    """
    if work.once is not None:
        end_draft(work, act_name, case_id, about)


def repeated_case(work: UnitOfWork) -> UUID | None:
    """Return the case on which the posted form has been acted on already, if it has."""
    entry = form_used(work.session, work.once) if work.once is not None else None
    return None if entry is None else entry.case_id
