"""What was typed and no PDF can show: named to the person who typed it, and never refused."""

from typing import Final

from services.documents.glyphs import name_of, unshown
from services.web.forms.parsing import NO_ANSWER
from services.web.posted_form import Posted

MOST_NAMED: Final = 5


def unshown_in(posted: Posted) -> str:
    """Say which typed letters or signs the PDFs cannot show; nothing where they show them all."""
    return _told(_lost(posted))


def unshown_query(posted: Posted) -> str:
    """Return for the address of the next page that there were some: a flag, and nothing typed."""
    return "&unshown=1" if _lost(posted) else ""


def _lost(posted: Posted) -> tuple[str, ...]:
    typed = (said for name, said in posted.answers.items() if not name.startswith(NO_ANSWER))
    return unshown(" ".join(text for said in typed for text in said))


def _told(lost: tuple[str, ...]) -> str:
    if not lost:
        return ""
    more = " and others" if len(lost) > MOST_NAMED else ""
    named = ", ".join(map(name_of, lost[:MOST_NAMED]))
    return (
        f"A PDF cannot show, and will mark instead: {named}{more}. "
        "Word files and Keyline keep what you typed."
    )
