"""The long lists by a code each: where each stands, and which codes of an address narrow one."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final
from urllib.parse import parse_qsl, urlencode

_LONGEST: Final = 80  # letters of one code of an address
_MOST: Final = 500  # letters of all of them together


@dataclass(frozen=True, slots=True)
class LongList:
    """Where a list stands, and how it is called."""

    path: str
    title: str

    def narrowed(self, codes: Mapping[str, str]) -> str:
        """Return the address of the list as these codes narrow and order it."""
        return f"{self.path}?{urlencode(codes)}" if codes else self.path


LISTS: Final[Mapping[str, LongList]] = {
    "cases": LongList("/cases", "Cases"),
    "reviews": LongList("/reviews", "Local reviews"),
    "publications": LongList("/publications", "Publications"),
    "actions": LongList("/actions", "Actions"),
    "sharing": LongList("/actions/sharing", "Learning to be shared"),
    "agencies": LongList("/agencies", "How agencies answer"),
    "returns": LongList("/returns", "Requests to agencies"),
}
_CODES: Final = {one.path: code for code, one in LISTS.items()}


def code_of_list(path: str) -> str:
    """Return the code of the list that stands there, or nothing where it is none of these."""
    return _CODES.get(path, "")


def codes_in(query: str) -> dict[str, str]:
    """Return the codes of a query; what is no code, and so may be a word, stays out."""
    told = parse_qsl(query[:_MOST])
    return {name: one for name, one in told if _is_code(name) and _is_code(one)}


def _is_code(text: str) -> bool:
    return len(text) <= _LONGEST and text.isascii() and all(c.isalnum() or c in "-_" for c in text)
