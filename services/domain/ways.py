"""By which ways a class of documents may leave; a partnership only narrows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from services.domain.errors import OutsidePolicy
from services.domain.labels import label


class Way(StrEnum):
    """How a document leaves."""

    ATTACHED = "attached"
    BY_HAND = "by_hand"
    COLLECTION = "collection"
    NATIONAL_SERVICE = "national_service"


class DocumentClass(StrEnum):
    """Documents that leave in the same ways, by what they may tell of a family."""

    REVIEWER_NAME = "reviewer_name"
    DECISION = "decision"
    DELAY = "delay"
    REPORT_BEFORE_PUBLICATION = "report_before_publication"
    PUBLISHED_REPORT = "published_report"
    RAPID_REVIEW = "rapid_review"
    CHALLENGE = "challenge"
    NOTIFICATION = "notification"
    DEATH_NOTICE = "death_notice"
    INSPECTION_PACK = "inspection_pack"


@dataclass(frozen=True, slots=True)
class ClassRule:
    """The national default of a class: its ways, the usual one first, and whether it is read.

    Free text counts as family data: a document that holds any is attached only after a named
    person has read its final bytes and said that it tells nothing of a family.
    """

    ways: tuple[Way, ...]
    has_free_text: bool = True


_WITHOUT_FAMILY_DATA: Final = (Way.ATTACHED, Way.BY_HAND)
_WITH_FAMILY_DATA: Final = (Way.BY_HAND, Way.COLLECTION)
CLASSES: Final[Mapping[DocumentClass, ClassRule]] = MappingProxyType(
    {
        DocumentClass.REVIEWER_NAME: ClassRule(_WITHOUT_FAMILY_DATA, has_free_text=False),
        DocumentClass.DECISION: ClassRule(_WITHOUT_FAMILY_DATA),
        DocumentClass.DELAY: ClassRule(_WITHOUT_FAMILY_DATA),
        DocumentClass.REPORT_BEFORE_PUBLICATION: ClassRule(_WITHOUT_FAMILY_DATA),
        DocumentClass.PUBLISHED_REPORT: ClassRule(_WITHOUT_FAMILY_DATA),
        DocumentClass.RAPID_REVIEW: ClassRule(_WITH_FAMILY_DATA),
        DocumentClass.CHALLENGE: ClassRule(_WITH_FAMILY_DATA),
        # Of many cases and of no one of them: nothing of it can be collected by a case's address.
        DocumentClass.INSPECTION_PACK: ClassRule((Way.BY_HAND,)),
        # NOT-03, NOT-05, NOT-06: by a registered notifier, and no email in its stead.
        DocumentClass.NOTIFICATION: ClassRule((Way.NATIONAL_SERVICE,)),
        DocumentClass.DEATH_NOTICE: ClassRule((Way.NATIONAL_SERVICE,)),
    }
)


def why_not_stricter(
    document_class: DocumentClass, ways: tuple[Way, ...], known: tuple[Way, ...]
) -> str:
    """Say why these ways may not be chosen; nothing where they are among those known.

    Those of a class are known nationally, and those of one recipient by the class here. Sending
    by hand stays: it is the way that remains when another one fails.
    """
    wrong = [one for one in ways if one not in known]
    if wrong:
        return (
            f"{label(document_class)} may not be sent {label(wrong[0])}; "
            f"allowed: {', '.join(label(one) for one in known)}."
        )
    remains = Way.BY_HAND if Way.BY_HAND in known else known[-1]
    if remains not in ways or len(set(ways)) != len(ways):
        return f"{label(document_class)} needs each of its ways once, and always: {label(remains)}."
    return ""


def must_be_stricter(
    policy: str, document_class: DocumentClass, ways: tuple[Way, ...], known: tuple[Way, ...]
) -> None:
    """Refuse ways that are not among those known for the class, and a policy without one.

    Raises OutsidePolicy with the policy's name before the sentence.
    """
    why = why_not_stricter(document_class, ways, known)
    if why:
        raise OutsidePolicy(f"{policy}: {why}")
