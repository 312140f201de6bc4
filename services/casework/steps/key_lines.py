"""The key lines of enquiry of a review: named with the decision, settled in its terms (LC-07)."""

from pydantic import Field

from services.casework.commands import Command, LongText
from services.domain.errors import AnswerRefused

MOST_KEY_LINES = 4


class KeyLine(Command):
    """One key line of enquiry."""

    question: LongText = Field(title="Key line of enquiry")


def must_have_key_lines(key_lines: tuple[KeyLine, ...], *, is_needed: bool) -> None:
    """Refuse more than four key lines of enquiry, and an LCSPR without one (LC-07, RR-05)."""
    if len(key_lines) > MOST_KEY_LINES:
        raise AnswerRefused("key_lines", "Enter no more than four key lines of enquiry (LC-07).")
    if is_needed and not key_lines:
        raise AnswerRefused("key_lines", "Enter at least one key line of enquiry (RR-05).")
