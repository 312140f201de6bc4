"""What a page says that it has to explain: the rules behind its sentences, and short forms.

A sentence of the code names the rule that it rests on in brackets behind it, so that who reads the
code goes from the line to its clause. No reader of a page knows these codes (decision 0129): they
are taken out where the sentence is said, and stand at the foot of the page, each in words. A short
form such as LCSPR stays, and is explained there once.

What one page says belongs to the page, as the words of a partnership do: it is kept beside the work
(a context variable).
"""

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from services.domain.plain_text import rules_behind, without_rules
from services.domain.short_forms import short_forms_in


@dataclass(slots=True)
class _ToExplain:
    """What one page has said so far, in its order."""

    rules: dict[str, None] = field(default_factory=dict)
    short_forms: dict[str, None] = field(default_factory=dict)


_SAID: ContextVar[_ToExplain | None] = ContextVar("to_explain", default=None)


@contextmanager
def rules_gathered() -> Iterator[None]:
    """Keep what is to be explained of what is said inside, in this thread and those it begins."""
    token = _SAID.set(_ToExplain())
    try:
        yield
    finally:
        _SAID.reset(token)


def rules_cited() -> tuple[str, ...]:
    """Return the ids of the rules behind what was said so far; none where none are gathered."""
    said = _SAID.get()
    return tuple(said.rules) if said else ()


def short_forms_said() -> tuple[str, ...]:
    """Return the short forms that were said so far; none where nothing is gathered."""
    said = _SAID.get()
    return tuple(said.short_forms) if said else ()


def plainly(text: str) -> str:
    """Return what Keyline says without the codes of the rules behind it, which are kept apart.

    It is never given what a person wrote.
    """
    said = _SAID.get()
    if said is not None:
        said.short_forms.update(dict.fromkeys(short_forms_in(text)))
        said.rules.update(dict.fromkeys(rules_behind(text)))
    return without_rules(text)


def cites_a_rule(text: str) -> bool:
    """Tell whether rules stand in brackets behind what is said."""
    return without_rules(text) != text
