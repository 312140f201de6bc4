"""What people read for each code of the domain; a row, a form and an address hold the code.

The tables are plain data, by the name of the enum and the code of its member, so that a wording can
be corrected, or a second language added, without a change to any row. The room imports only
how a text is said: errors anywhere in the domain may say a label.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import Final

from services.domain.cited import plainly
from services.domain.labels import (
    accounts,
    acts,
    breaches,
    case,
    clocks,
    communications,
    directory,
    documents,
    emails,
    embedding,
    families,
    history,
    information_requests,
    inspection,
    joint,
    learning,
    operations,
    other_reviews,
    own_words,
    people,
    referral,
    retention,
    review,
    rules,
)
from services.domain.labels.own_words import in_own_words
from services.domain.labels.papers import PAPER_TITLES

LABELS: Final[dict[str, dict[str, str]]] = {
    **accounts.LABELS,
    **acts.LABELS,
    **breaches.LABELS,
    **people.LABELS,
    **referral.LABELS,
    **case.LABELS,
    **history.LABELS,
    **information_requests.LABELS,
    **inspection.LABELS,
    **review.LABELS,
    **joint.LABELS,
    **learning.LABELS,
    **other_reviews.LABELS,
    **own_words.LABELS,
    **clocks.LABELS,
    **communications.LABELS,
    **directory.LABELS,
    **emails.LABELS,
    **families.LABELS,
    **embedding.LABELS,
    **operations.LABELS,
    **documents.LABELS,
    **retention.LABELS,
    **rules.LABELS,
}


def label(member: StrEnum) -> str:
    """Return what people read for the member, as it stands in the middle of a sentence."""
    return plainly(in_own_words(LABELS[type(member).__name__][member.value]))


def document_title(kind: StrEnum, about: str = "") -> str:
    """Return the title at the head of a document of this kind, with what it is about."""
    title = in_own_words(LABELS["DocumentTitle"][kind.value])
    return f"{title}: {about}" if about else title


def paper_title(commands: Iterable[str], field: str) -> str:
    """Return what papers call the field of a command or its parents; nothing if as the form."""
    named = (PAPER_TITLES.get(one, {}).get(field, "") for one in commands)
    return in_own_words(next(filter(None, named), ""))
