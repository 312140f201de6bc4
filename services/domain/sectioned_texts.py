"""Which parts of a form stand in a text that was written under their headings, in any program.

A part is known by the words of its heading, with a number before it or without. What stands under
no heading is told as beside, so that no word is lost.
"""

import re
from collections.abc import Mapping, Sequence, Set
from typing import Final

from services.domain.filled_forms import FilledForm, TextBlock, TextRow, same_words

_NUMBER: Final = re.compile(r"^\s*\d{1,2}(?:\.\d{1,2})*[.):]?\s+")


def sections_in(
    blocks: Sequence[TextBlock],
    headings: Mapping[str, str],
    ends: Set[str],
    made: Set[str],
    own: Set[str],
) -> FilledForm:
    """Return the text under each heading, by the name of its part; rows of a table stand beside.

    ``headings`` are the names by the same words of the headings, ``ends`` headings of what is no
    part of the form. ``made`` is all that the paper said as it was made, and ``own`` what of it are
    the words of the text: the rest is no part of it, and outside its parts none of it is told.
    """
    found, part = FilledForm(), ""
    said: dict[str, list[str]] = {}
    for block in blocks:
        if isinstance(block, TextRow):
            words = "\n".join(filter(None, block.cells))
            part = ""
        else:
            words = block.strip()
        heading = same_words(_NUMBER.sub("", words))
        if heading in headings and not isinstance(block, TextRow):
            part = headings[heading]
            said.setdefault(part, [])
        elif heading in ends:
            part = ""
        elif not words or _was_made(block, made - own if part else made):
            continue
        elif part:
            said[part].append(words)
        else:
            found.beside.append(words)
    found.answers = {name: "\n".join(lines) for name, lines in said.items()}
    return found


def _was_made(block: TextBlock, made: Set[str]) -> bool:
    texts = block.cells if isinstance(block, TextRow) else (block,)
    return all(same_words(one) in made for one in texts if one)
