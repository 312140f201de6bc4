"""A partnership's own Word templates: of which kinds of paper it may have one, and what it leaves.

A template says how a paper reads and looks; what is on record stands in it whatever it says. So
each kind has names that a template fills in, and texts that it may not leave out. One more kind is
one more line of `OFFERED`.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from services.domain.documents import DocumentKind


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedKind:
    """A kind of paper that a partnership may word: for whom it is, and what of it always stands.

    With ``keeps_opening`` the house's first words stand too, since they say what may be done with
    the paper.
    """

    whom: str
    keeps_opening: bool = False


OFFERED: Final[Mapping[DocumentKind, OfferedKind]] = MappingProxyType(
    {
        DocumentKind.REPORT_VERSION: OfferedKind(
            whom="the reviewer and the review group", keeps_opening=True
        ),
        DocumentKind.SCOPING_LETTER: OfferedKind(whom="an agency that is asked what it knows"),
        DocumentKind.REPORT_REQUEST: OfferedKind(whom="an agency that takes part in a review"),
    }
)

_OWN: Final = re.compile(r"\bown-([1-9][0-9]*)$")
_INSTEAD: Final = re.compile(r"\binstead-of-([1-9][0-9]*)$")


def own_name(kind: DocumentKind, sha256: str, version: int) -> str:
    """Return by which name a paper says that it was made from that version of the partnership's."""
    return f"{kind} {sha256[:16]} own-{version}"


def instead_name(house: str, version: int) -> str:
    """Return by which name a paper says that the house's template stood in for that version."""
    return f"{house} instead-of-{version}"


def told_of(template: str) -> str:
    """Say from which template a paper was made; nothing where it is the house's own as usual."""
    own, instead = _OWN.search(template), _INSTEAD.search(template)
    if own is not None:
        return f"From version {own[1]} of the partnership's own template."
    if instead is not None:
        return (
            f"From Keyline's own template: version {instead[1]} of the partnership's could not be "
            "filled in."
        )
    return ""


def is_instead(template: str) -> bool:
    """Tell whether the house's template stood in for one that could not be filled in."""
    return version_passed_over(template) is not None


def version_passed_over(template: str) -> int | None:
    """Return for which version of the partnership's own the house's stood in, if it did."""
    instead = _INSTEAD.search(template)
    return None if instead is None else int(instead[1])
