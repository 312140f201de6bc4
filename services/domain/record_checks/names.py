"""Names in a record where a role may be enough: a question, which holds nothing back.

The framework asks the reports of agencies to name roles and not practitioners (LC-34). It does not
say so of the rapid review, so no finding is made of it.
"""

import re
from collections.abc import Iterable
from typing import Final

from services.domain.record_checks.passages import all_sentences, plain_words

_WITH_TITLE: Final = re.compile(
    r"\b(?:Dr|PC|DC|DS|DI|DCI|DSI|WPC|Sgt|Prof|Professor|Nurse|Sister|SW)\.? (?:[0-9]{1,6} )?"
    r"[A-Z][a-z'\u2019-]{1,30}\b"
)


def names_asked_about(text: str, known: Iterable[str]) -> tuple[str, ...]:
    """Return the sentences with a person the product knows by name, or with a name after a title.

    ``known`` are full names, such as those of who attended; one word alone is looked for nowhere.
    """
    names = [plain_words(one) for one in known if len(one.split()) > 1]
    said = [(one, plain_words(one)) for one in all_sentences(text)]
    return tuple(
        one
        for one, plain in said
        if _WITH_TITLE.search(one) or any(name in plain for name in names)
    )
