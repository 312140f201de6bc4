"""A form as a Word file: what it asks and what stands in it, and how each answer is known again.

Each answer stands in a field of the file that carries the question's name and a digest of what went
out in it, so that what was changed in the file is told from what was not.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from services.domain.plain_text import normalized

TO_ANSWER: Final = "Type your answer here"
LONGEST_TAG: Final = 64  # as Word keeps one
_DIGEST: Final = 8
_TAG: Final = re.compile(r"(?P<name>[a-z0-9_-]+)~(?P<digest>[0-9a-f]{8})")
_IDENTITY: Final = re.compile(
    r"Form (?P<act>[a-z_]+), version (?P<version>[0-9a-f]+), (?P<case>.+)"
)
# What Word itself writes into a field that was emptied.
_PLACEHOLDERS: Final = (TO_ANSWER, "Click or tap", "Choose an item")


@dataclass(frozen=True, slots=True, kw_only=True)
class WordQuestion:
    """One question as it stands in the file: its words, what helps, and what is answered now.

    ``choices`` are all answers that there are, where there are only some; ``one`` says that it has
    one of them. ``row`` is the heading above it, where it is the first of a row of a list.
    """

    name: str
    asks: str
    helps: str = ""
    says: str = ""
    choices: tuple[str, ...] = ()
    one: bool = True
    row: str = ""
    of_row: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class WordPart:
    """One section of the form."""

    heading: str
    questions: tuple[WordQuestion, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FormIdentity:
    """Of which act's form, in which version, of which case a file is."""

    act: str
    version: str
    case: str

    @property
    def words(self) -> str:
        """Return the line by which a file says so."""
        return f"Form {self.act}, version {self.version}, {self.case}"


@dataclass(frozen=True, slots=True, kw_only=True)
class WordForm:
    """A whole form with what stands in it."""

    title: str
    partnership: str
    identity: FormIdentity
    prepared_on: date
    parts: tuple[WordPart, ...]


@dataclass(frozen=True, slots=True)
class WordField:
    """One field of a file that came back: its tag, what it is called, and what stands in it."""

    tag: str
    called: str
    text: str

    @property
    def says(self) -> str:
        """Return what was answered; what asks for an answer is none."""
        return "" if self.text.strip().startswith(_PLACEHOLDERS) else settled(self.text)


@dataclass(frozen=True, slots=True)
class BroughtBack:
    """One answer that came back, and whether it was changed in the file."""

    says: str
    is_changed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FormBroughtBack:
    """A file that came back: its answers by name, and what stands in it under no known name."""

    identity: FormIdentity
    answers: Mapping[str, BroughtBack]
    beside: tuple[WordField, ...] = ()


def settled(text: str) -> str:
    """Return the text without what a program adds at the ends of lines and of the whole."""
    lines = normalized("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(one.strip() for one in lines).strip()


def tag_of(question: WordQuestion) -> str:
    """Return the tag of a question's field: its name, and a digest of what goes out in it."""
    return f"{question.name}~{_digest(question.says)}"


def identity_in(lines: tuple[str, ...]) -> FormIdentity | None:
    """Return of which form a file says that it is, if it says so; the last line that does."""
    found = [told for one in lines if (told := _IDENTITY.fullmatch(one.strip()))]
    if not found:
        return None
    return FormIdentity(
        act=found[-1]["act"], version=found[-1]["version"], case=found[-1]["case"].strip()
    )


def brought_back(identity: FormIdentity, fields: tuple[WordField, ...]) -> FormBroughtBack:
    """Return the answers of a file; a field that stands in it twice is told beside."""
    answers: dict[str, BroughtBack] = {}
    beside: list[WordField] = []
    for one in fields:
        tag = _TAG.fullmatch(one.tag)
        if tag is None or tag["name"] in answers:
            if one.says:
                beside.append(one)
            continue
        answers[tag["name"]] = BroughtBack(one.says, _digest(one.says) != tag["digest"])
    return FormBroughtBack(identity=identity, answers=answers, beside=tuple(beside))


def _digest(text: str) -> str:
    return hashlib.sha256(settled(text).encode()).hexdigest()[:_DIGEST]
