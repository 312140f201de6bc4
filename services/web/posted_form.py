"""What was posted with a form: names, answers and files, within limits."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import BinaryIO


@dataclass(frozen=True, slots=True)
class PostedFile:
    """One file as it arrived; its name is what the sender says and nothing more."""

    name: str
    content: BinaryIO
    size: int


@dataclass(frozen=True, slots=True)
class Posted:
    """The answers of one posted form, by name, in the order they came."""

    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    files: Mapping[str, PostedFile] = field(default_factory=dict)

    def one(self, name: str) -> str:
        """Return the first answer under the name, or nothing."""
        return next(iter(self.answers.get(name, ())), "")

    def only(self, name: str) -> str:
        """Return the answer under the name, or nothing if there are several."""
        answers = self.answers.get(name, ())
        return answers[0] if len(answers) == 1 else ""

    def all(self, name: str) -> tuple[str, ...]:
        """Return every answer under the name."""
        return self.answers.get(name, ())
