"""How a label stands at the beginning of a sentence, in the middle of one, and on a paper."""

import re
from typing import Final

_CODE: Final = r"(?:[A-Z]{2,4}-\d\d|[KG]\d{1,2}b?|Doc \d+b?)"
_RULES: Final = re.compile(rf" \({_CODE}(?:(?:, | to | and ){_CODE})*\)")


def capital(text: str) -> str:
    """Return the text with its first letter a capital, and nothing else changed."""
    return text[:1].upper() + text[1:]


def in_passing(text: str) -> str:
    """Return the text as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def without_rules(text: str) -> str:
    """Return the text without the codes of rules behind it, which no reader of a paper knows."""
    return _RULES.sub("", text)
