"""What a round puts to the partners: its words, their digest, and the paper that was made of them.

A round is opened by an act; its words are what was said up to that act. What is said of the matter
later is not what was put: nobody signs until it is put to the partners again (GOV-11, RR-30).
"""

import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from services.casework.joint.matters import bearer_of, entries_said
from services.casework.steps.rounds.marked_matters import must_read_all_of_it
from services.casework.steps.rounds.sign_off_rounds import openings
from services.database import due_work
from services.database.cases import Case
from services.database.documents import version_of
from services.database.history import Fact
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentForm, DocumentKind
from services.domain.errors import RuleBroken
from services.domain.identifiers import CaseId
from services.domain.sign_off import SAID_IN, SignOffMatter


@dataclass(frozen=True, slots=True)
class SignedText:
    """A round's words with their SHA-256, and that of its paper; empty where it is not made yet.

    ``names`` are of people and agencies of a former lead that handed the words over, ``said`` are
    the entries whose words they are.
    """

    words: tuple[dict[str, Any], ...]
    words_sha256: str
    paper_sha256: str
    names: Mapping[str, str]
    said: tuple[UUID, ...]


def text_put(work: UnitOfWork, case: Case, matter: SignOffMatter) -> SignedText:
    """Return what the newest round puts to the partners.

    Refuse where it was changed since, and where the actor does not read the whole of it.
    """
    must_read_all_of_it(work, case, matter)
    opened = openings(work, case, matter)[-1]
    said = entries_said(work, case, matter, *SAID_IN[matter])
    if any(one.number > opened.number for one in said):
        raise RuleBroken(
            "What is signed was changed after it was put to the partners. It is put to them "
            "again first, and then signed as it stands (GOV-11)."
        )
    is_own = bearer_of(work, case, matter).is_own(case)
    in_order = sorted(said, key=lambda one: one.number)
    words = tuple({"act": one.act, "command": one.command} for one in in_order)
    return SignedText(
        words,
        digest(words),
        _paper(work, case, opened) if is_own else "",
        {str(one): name for entry in said for one, name in entry.names_handed_over.items()},
        tuple(one.id for one in in_order),
    )


def digest(words: Sequence[Mapping[str, Any]]) -> str:
    """Return the SHA-256 of the canonical JSON of what was said, in the order it was said."""
    canonical = json.dumps(words, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(canonical.encode()).hexdigest()


def _paper(work: UnitOfWork, case: Case, opened: Fact) -> str:
    """Return the SHA-256 of the PDF that the opening act ordered, if it is made by now."""
    asked = {"type": "document", "as_of_entry": opened.number}
    for order in due_work.orders(work, CaseId(case.id), asked):
        made = version_of(
            work.session,
            case.id,
            kind=DocumentKind(order["kind"]),
            form=DocumentForm.PDF,
            version=order["version"],
        )
        if made is not None:
            return made.sha256
    return ""
