"""What is still awaited when a rapid review is decided on, and what becomes of it (RR-35)."""

import json
from enum import StrEnum
from typing import Final
from uuid import UUID, uuid5

_ITEMS: Final = UUID("c0f4f7a2-52f0-4d2f-8f0e-6b1d0e1c7a35")


class PendingKind(StrEnum):
    """Of which kind it is; the framework names the first three as examples (RR-35)."""

    TOXICOLOGY = "toxicology"
    CHARGES = "charges"
    PROGNOSIS = "prognosis"
    OTHER = "other"


class PendingStanding(StrEnum):
    """How it stands after somebody has asked for it."""

    STILL_AWAITED = "still_awaited"
    NO_LONGER_AWAITED = "no_longer_awaited"


def pending_id(kind: PendingKind, item: str) -> UUID:
    """Return the id of what is awaited: the same kind and words are the same in every round.

    Who owns it and when it is expected may change; other words are something else.
    """
    return uuid5(_ITEMS, json.dumps([kind.value, item], ensure_ascii=False))


def pending_subject(kind: PendingKind, id_: UUID) -> str:
    """Return what a todo about it names: of which kind it is, and which it is."""
    return f"{kind.value}:{id_}"


def kind_and_id(subject: str) -> tuple[PendingKind, UUID]:
    """Return the kind and the id that a todo about it names."""
    kind, _, id_ = subject.partition(":")
    return PendingKind(kind), UUID(id_)
