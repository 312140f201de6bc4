"""A partnership's own tests and steers: they guide a referral or a recommendation (rules.md 5A).

They are words of its policy, shown where somebody refers or recommends, and answered by whoever
wishes to. No act asks what was answered: none may stop, delay or answer beforehand the local
authority's decision to notify, or a rapid review after a notification.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final
from uuid import NAMESPACE_URL, UUID, uuid5

from services.domain.json_values import is_shown, listed, named_values, one_of, text
from services.domain.labels import label

FIELD: Final = "guides"
LONGEST_GUIDE: Final = 200
MOST_GUIDES: Final = 12


class GuideBeside(StrEnum):
    """Beside what it is shown."""

    REFERRAL = "referral"
    RECOMMENDATION = "recommendation"


class GuideKind(StrEnum):
    """Whether it is a point of a test, which can be answered, or a steer, which is only read."""

    POINT = "point"
    STEER = "steer"


class PointAnswer(StrEnum):
    """What is said to a point of a local test; each answer is as good as another, and as none."""

    YES = "yes"
    NO = "no"
    NOT_KNOWN = "not_known"


@dataclass(frozen=True, slots=True, kw_only=True)
class LocalGuide:
    """One point or steer, in the words of the partnership."""

    beside: GuideBeside
    kind: GuideKind
    text: str

    @property
    def id(self) -> UUID:
        """Return by what a form names it: it is the same for as long as its words are."""
        return uuid5(NAMESPACE_URL, f"{self.beside}:{self.kind}:{self.text}")

    def as_json(self) -> dict[str, str]:
        """Write it so that guides_from_json reads the same."""
        return {"beside": str(self.beside), "kind": str(self.kind), "text": self.text}

    @property
    def told(self) -> str:
        """Return it in a sentence, as a comparison of two policies tells it."""
        return f"“{self.text}” ({label(self.kind)}; beside {label(self.beside)})"


def why_no_guides(guides: Sequence[LocalGuide]) -> str:
    """Say why these cannot be the points and steers of a policy; nothing if they can (5A)."""
    if len(guides) > MOST_GUIDES:
        return f"there are at most {MOST_GUIDES} points and steers of your own, not {len(guides)}"
    for one in guides:
        if not 1 <= len(one.text.strip()) <= LONGEST_GUIDE or not all(map(is_shown, one.text)):
            return f"a point or steer of your own has 1 to {LONGEST_GUIDE} characters on one line"
    said = [one.id for one in guides]
    twice = next((one.text for one in guides if said.count(one.id) > 1), "")
    return f"the point or steer “{twice}” stands there twice" if twice else ""


def guides_from_json(told: object) -> tuple[LocalGuide, ...]:
    """Read the points and steers of a policy; raises AnswerRefused for what is none."""
    return tuple(map(_guide, listed(FIELD, told)))


def _guide(told: object) -> LocalGuide:
    said: Mapping[str, object] = named_values(FIELD, told)
    return LocalGuide(
        beside=one_of(f"{FIELD} beside", said.get("beside"), GuideBeside),
        kind=one_of(f"{FIELD} kind", said.get("kind"), GuideKind),
        text=text(f"{FIELD} text", said.get("text")),
    )


def guides_as_json(guides: Iterable[LocalGuide]) -> dict[str, object]:
    """Write them; nothing where there are none: the release before knows no such word."""
    written = [one.as_json() for one in guides]
    return {FIELD: written} if written else {}


def guide_differences(before: Sequence[LocalGuide], after: Sequence[LocalGuide]) -> tuple[str, ...]:
    """Return a sentence for each point or steer that comes or goes, and for another order."""
    comes = [f"A guide of our own is added: {one.told}." for one in after if one not in before]
    goes = [f"A guide of our own goes: {one.told}." for one in before if one not in after]
    stayed = [one for one in before if one in after]
    is_moved = stayed != [one for one in after if one in before]
    moved = ["The guides of our own stand in another order."] if is_moved else []
    return (*comes, *goes, *moved)
