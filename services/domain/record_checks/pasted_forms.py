"""Internal forms that are pasted in: those that refer a case to the review group (RR-23).

Told apart are the forms of this case, which are known word for word, and a form of any agency, by
what only a form has: its title, boxes to tick, directions for filling it in, who signed it.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from services.domain.record_checks.passages import (
    KnownForm,
    KnownOfCase,
    RecordText,
    paragraphs,
    plain_words,
)

PARTS_OF_A_FORM: Final = 2
"""So many questions or answers of one form, word for word, are the form and no account [inf]."""
OF_ITS_HEAD: Final = 3
"""So many lines of who filled a form in, and for whom, are its head [inf]."""
_ANSWER_WORDS, _QUESTION_WORDS, _TITLE_WORDS = 12, 3, 10

_TITLE: Final = re.compile(
    r"\b(?:referral|scoping|information sharing|notification|agency (?:report|return|information))"
    r"\W{1,3}(?:\w+\W{1,3}){0,2}(?:form|template|proforma|pro-forma)\b",
    re.I,
)
_BOXES: Final = re.compile(
    r"[☐☑☒□■✓✔]|\[[ xX]?\]\s|\bplease tick\b|\bdelete as appropriate\b|\bfor office use only\b"
    r"|\bplease return (?:this|the|your|completed) |\bcontinue on a separate sheet\b",
    re.I,
)
_HEAD: Final = re.compile(
    r"^\W{0,3}(?:name of (?:referrer|person (?:completing|making))|referrer|referred by|"
    r"referring agency|date of referral|referral date|completed by|form completed|date completed|"
    r"job title|designation|line manager|contact (?:number|details)|telephone|tel|e-?mail|"
    r"signature|signed|nhs (?:number|no)|postcode|unique reference|case (?:number|ref(?:erence)?)|"
    r"upn|ics (?:number|no))\b[^:\n]{0,30}:",
    re.I,
)


def pasted_form(part: RecordText, _known: KnownOfCase) -> tuple[str, ...]:
    """Return the lines that are some form's: its title, its boxes, its head (RR-23).

    A sentence that tells of a form is none.
    """
    lines = list(paragraphs(part.text))
    head = {one for one in lines if _HEAD.search(one)}
    is_head = sum(one in head for one in lines) >= OF_ITS_HEAD
    return tuple(
        one for one in lines if (is_head and one in head) or _BOXES.search(one) or _is_title(one)
    )


def pasted_of_case(part: RecordText, known: KnownOfCase) -> Iterator[tuple[str, ...]]:
    """Yield of each form of the case that stands there the lines that are its words (RR-23).

    One account that was taken over from a form is no form.
    """
    lines = [(one, plain_words(one)) for one in paragraphs(part.text)]
    there = plain_words(" ".join(plain for _one, plain in lines))
    for form in known.forms:
        found = _of_form(form, there)
        if found:
            yield tuple(one for one, plain in lines if _shares_any(plain, found))


def _is_title(line: str) -> bool:
    """Tell whether the line names a form and is no sentence."""
    is_short = len(line.split()) <= _TITLE_WORDS and not line.endswith((".", "!", "?"))
    return is_short and _TITLE.search(line) is not None


def _of_form(form: KnownForm, there: str) -> tuple[str, ...]:
    """Return the parts of the form that stand there, where they are several."""
    asked = [plain_words(one) for one in form.questions if len(one.split()) >= _QUESTION_WORDS]
    answered = [plain_words(one) for one in form.answers if len(one.split()) >= _ANSWER_WORDS]
    found = dict.fromkeys(one for one in (*asked, *answered) if one in there)
    return tuple(found) if len(found) >= PARTS_OF_A_FORM else ()


def _shares_any(line: str, found: Iterable[str]) -> bool:
    """Tell whether the line holds one of these parts of a form, or is a piece of one."""
    is_piece = len(line.split()) >= _QUESTION_WORDS
    return any(one in line or (is_piece and line in one) for one in found)
