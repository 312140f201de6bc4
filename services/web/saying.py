"""How pages say what the code has written: in a partnership's words, and without codes of rules."""

from collections.abc import Callable, Mapping
from typing import Any, Final

from services.casework.labels import label
from services.domain.cited import plainly, rules_cited, short_forms_said
from services.domain.labels.cited_templates import template_without_rules
from services.domain.labels.own_words import in_own_words, template_in_own_words
from services.domain.plain_text import capital
from services.domain.rule_words import RuleInWords, in_words
from services.domain.short_forms import SHORT_FORMS


def said(text: str) -> str:
    """Return what the code says in the partnership's words, and without codes of rules."""
    return plainly(in_own_words(text))


def source_said(source: str) -> str:
    """Return the source of a template which says its own text so (E-10, decision 0129)."""
    return template_without_rules(template_in_own_words(source))


def rules_behind_page() -> tuple[RuleInWords, ...]:
    """Return the rules behind what the page said so far, in words."""
    return in_words(rules_cited())


def short_forms_of_page() -> tuple[tuple[str, str], ...]:
    """Return the short forms that the page said so far, by name, each with what it stands for."""
    return tuple((one, SHORT_FORMS[one]) for one in sorted(short_forms_said()))


def rules_named_in(ids: str) -> tuple[RuleInWords, ...]:
    """Return the rules of these ids, which stand between commas, in words."""
    return in_words(tuple(one.strip() for one in ids.split(",")))


# What templates call by name, and what they put behind a text.
CALLED: Final[Mapping[str, Callable[..., Any]]] = {
    "in_own_words": in_own_words,
    "plainly": plainly,
    "rules_behind_page": rules_behind_page,
    "rules_named_in": rules_named_in,
    "short_forms_of_page": short_forms_of_page,
}
FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "capital": capital,
    "in_own_words": said,
    "label": label,
    "plainly": plainly,
}
