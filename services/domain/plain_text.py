"""How a text is normalized, and how a label stands in a sentence and on a paper."""

import re
import unicodedata
from typing import Final, Literal

MOST_IN_A_PILE: Final = 30  # of marks on one letter: no language has more (UAX 15, stream-safe)

_RULE: Final = r"(?:[A-Z]{2,4}|E)-\d\d|[KG]\d{1,2}b?"
_CODE: Final = rf"(?:{_RULE}|Doc \d+[ab]?)"
# How rules stand behind what is said.
RULES: Final = re.compile(rf" \({_CODE}(?:(?:, |; | to | and ){_CODE})*\)")
_ONE_RULE: Final = re.compile(rf"\b(?:{_RULE})")


def normalized(form: Literal["NFC", "NFKC"], text: str) -> str:
    """Return the text in one Unicode form, in time that grows with its length alone.

    Marks piled on one letter are put in order, which takes their number squared: of a pile that is
    higher than any language's, so many at a time are put in order, and none is lost.
    """
    if text.isascii():
        return text
    pieces, start, pile = list[str](), 0, 0
    for place, character in enumerate(text):
        pile = pile + 1 if unicodedata.combining(character) else 0
        if pile > MOST_IN_A_PILE:
            pieces.append(text[start:place])
            start, pile = place, 1
    return "".join(unicodedata.normalize(form, one) for one in (*pieces, text[start:]))


def capital(text: str) -> str:
    """Return the text with its first letter a capital, and nothing else changed."""
    return text[:1].upper() + text[1:]


def shortened(text: str, most: int) -> str:
    """Return the text, or its first words within so many letters where it is longer."""
    if len(text) <= most:
        return text
    return text[:most].rsplit(maxsplit=1)[0] + " …"


def in_passing(text: str) -> str:
    """Return the text as it stands inside a sentence."""
    return text[:1].lower() + text[1:]


def without_rules(text: str) -> str:
    """Return the text without the codes of rules behind it, which no reader knows."""
    return RULES.sub("", text) if "(" in text else text


def rules_behind(text: str) -> tuple[str, ...]:
    """Return the ids of the rules that stand in brackets behind what is said, in their order."""
    if "(" not in text:
        return ()
    return tuple(id_ for cited in RULES.findall(text) for id_ in _ONE_RULE.findall(cited))
