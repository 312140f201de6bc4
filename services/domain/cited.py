"""Which rules a page rests on: what is said stands without their codes, which are kept apart.

A sentence of the code names the rule that it rests on in brackets behind it, so that who reads the
code goes from the line to its clause. No reader of a page knows these codes (decision 0129): they
are taken out where the sentence is said, and stand at the foot of the page, each in words.

The rules of one page belong to the page, as the words of a partnership do: they are kept beside the
work (a context variable).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from services.domain.plain_text import rules_behind, without_rules

_CITED: ContextVar[dict[str, None] | None] = ContextVar("cited", default=None)


@contextmanager
def rules_gathered() -> Iterator[None]:
    """Keep the rules behind what is said inside, in this thread and in those that it begins."""
    token = _CITED.set({})
    try:
        yield
    finally:
        _CITED.reset(token)


def rules_cited() -> tuple[str, ...]:
    """Return the ids of the rules behind what was said so far; none where none are gathered."""
    return tuple(_CITED.get() or ())


def plainly(text: str) -> str:
    """Return what Keyline says without the codes of the rules behind it, which are kept apart.

    It is never given what a person wrote.
    """
    if "(" not in text:
        return text
    cited = _CITED.get()
    if cited is not None:
        cited.update(dict.fromkeys(rules_behind(text)))
    return without_rules(text)


def cites_a_rule(text: str) -> bool:
    """Tell whether rules stand in brackets behind what is said."""
    return "(" in text and without_rules(text) != text
