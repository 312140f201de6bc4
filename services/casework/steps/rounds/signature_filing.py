"""What is signed in a joint review is filed in the case of each partnership whose parties sign it.

The words are kept with the signature, in the same transaction; the paper of them is made after it,
as every paper is. So nothing that another partnership ends afterwards takes them away.
"""

import json
import re
from typing import Final
from uuid import UUID

from services.casework.answers_as_text import names_for
from services.casework.effects import order_document
from services.casework.joint.matters import bearer_of
from services.casework.steps.rounds.sign_off_rounds import TODO_OF, round_of
from services.casework.steps.rounds.signed_text import SignedText, text_put
from services.database.cases import Case
from services.database.history import Entry
from services.database.joint_reviews import FiledWords, filed_words
from services.database.shown import shown_names
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind
from services.domain.errors import RuleBroken
from services.domain.labels import label
from services.domain.sign_off import SignOffMatter
from services.domain.todos import TODO

_ID: Final = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def file_words(
    work: UnitOfWork, case: Case, matter: SignOffMatter, round_: int, put: SignedText
) -> bool:
    """File the words of a round in our own case, once; alone, where they are ours, it does nothing.

    Tell whether the matter is one that several partnerships carry.
    """
    bearer = bearer_of(work, case, matter)
    if bearer.joint_review_id is None:
        return False
    if any(one.round == round_ for one in filed_words(work.session, case.id, matter)):
        return True
    filed = FiledWords(
        tenant_id=case.tenant_id,
        case_id=case.id,
        joint_review_id=bearer.joint_review_id,
        matter=matter,
        round=round_,
        carried_by=bearer.tenant_id,
        words=list(put.words),
        names=_names_in(work, put, None if bearer.is_own(case) else bearer.case_id),
        sha256=put.words_sha256,
        said=list(put.said),
        filed_at=work.now,
    )
    work.session.add(filed)
    work.session.flush()
    return True


def file_signature(work: UnitOfWork, case: Case, entry: Entry, put: SignedText) -> None:
    """File what one of our parties signed together with others, and order the record of it."""
    code, round_ = entry.subject.split(":")[:2]
    matter = SignOffMatter(code)
    if file_words(work, case, matter, int(round_), put):
        order_document(work, entry, TODO[TODO_OF[matter]].step, DocumentKind.SIGNED_RECORD)


def must_have_filed(work: UnitOfWork, case: Case, *matters: SignOffMatter) -> None:
    """File what is shown of these matters now; refuse where it neither is shown nor was filed."""
    for matter in matters:
        newest = round_of(work, case, matter)
        if newest:
            file_words(work, case, matter, newest, text_put(work, case, matter))
        elif not filed_words(work.session, case.id, matter):
            raise RuleBroken(
                f"What was decided on {label(matter)} is not shown to your partnership, and is not "
                "filed in this case: the partnership that leads shares it first."
            )


def _names_in(work: UnitOfWork, put: SignedText, shown_case: UUID | None) -> dict[str, str]:
    """Return the names of the people and agencies that the words hold by their ids."""
    text = json.dumps(put.words)
    if shown_case is not None:
        known = shown_names(work.session, shown_case)
    else:
        known = names_for(work, *_ids_in(text))
    named = {**put.names, **{str(one): name for one, name in known.items()}}
    return {one: name for one, name in named.items() if one in text}


def _ids_in(text: str) -> set[UUID]:
    """Return every id that stands in the JSON of the words."""
    return {UUID(one) for one in _ID.findall(text)}
