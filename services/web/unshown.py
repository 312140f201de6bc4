"""What was typed and no PDF can show: named to the person who typed it, and never refused."""

import re
from typing import Final

from services.documents.glyphs import name_of, unshown
from services.web.posted_form import Posted

MOST_NAMED: Final = 5
_POINTS: Final = re.compile(r"[0-9a-f]{1,6}(?:-[0-9a-f]{1,6}){0,5}")


def unshown_in(posted: Posted) -> str:
    """Say which typed letters or signs the PDFs cannot show; nothing where they show them all."""
    return _told(_lost(posted))


def unshown_query(posted: Posted) -> str:
    """Return the same for the address of the next page: the code points alone, and no text."""
    points = "-".join(f"{ord(one):x}" for one in _lost(posted)[: MOST_NAMED + 1])
    return f"&unshown={points}" if points else ""


def unshown_told(points: str) -> str:
    """Say what the address of the page names; nothing for what is no such list."""
    if not _POINTS.fullmatch(points):
        return ""
    found = (int(one, 16) for one in points.split("-"))
    return _told(unshown("".join(chr(one) for one in found if one <= 0x10FFFF)))


def _lost(posted: Posted) -> tuple[str, ...]:
    return unshown(" ".join(text for said in posted.answers.values() for text in said))


def _told(lost: tuple[str, ...]) -> str:
    if not lost:
        return ""
    more = " and others" if len(lost) > MOST_NAMED else ""
    named = ", ".join(map(name_of, lost[:MOST_NAMED]))
    return (
        f"A PDF cannot show, and will mark instead: {named}{more}. "
        "Word files and Keyline keep what you typed."
    )
