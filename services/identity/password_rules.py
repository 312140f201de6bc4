"""Which passwords are taken: by their length, and not if they are known to be tried first.

There are no rules on capitals, figures or signs: they make passwords that are hard to remember and
easy to guess. A password manager's, or three words by chance, are what is asked for.
"""

from collections.abc import Iterable
from functools import cache
from typing import Final

from zxcvbn.frequency_lists import FREQUENCY_LISTS

from services.identity.passwords import LONGEST, SHORTEST

FEWEST_SIGNS: Final = 5
HOW_TO: Final = "Three words that have nothing to do with each other are easy to remember"


def why_not(password: str, of_the_person: Iterable[str] = ()) -> str:
    """Return why the password is not taken, in words for its owner; nothing if it is.

    ``of_the_person`` are words that whoever knows the person would try: their name and address.
    """
    if len(password) < SHORTEST:
        return f"Your password must have {SHORTEST} characters or more. {HOW_TO}"
    if len(password) > LONGEST:
        return f"Your password must have {LONGEST} characters or fewer"
    if len(set(password.lower())) < FEWEST_SIGNS or _is_a_common_one(password):
        return f"This password is among those that are tried first. Choose another one. {HOW_TO}"
    if _is_of_the_person(password, of_the_person):
        return "Your password must not be made of your name, your email address or “Keyline”"
    return ""


def _is_a_common_one(password: str) -> bool:
    """Tell whether it is a common one, as it stands, twice over, or with figures at its end."""
    said = password.lower()
    half = said[: len(said) // 2]
    tried = {said, said.rstrip("0123456789!?."), half if said == half * 2 else said}
    return bool(tried & _common())


def _is_of_the_person(password: str, words: Iterable[str]) -> bool:
    left = "".join(one for one in password.lower() if one.isalpha())
    known = {part for word in words for part in word.lower().replace("@", " ").split()}
    known |= {part for word in known for part in word.replace("-", ".").split(".")} | {"keyline"}
    for word in sorted((one for one in known if len(one) > 2), key=len, reverse=True):
        left = left.replace(word, "")
    return len(left) < FEWEST_SIGNS and any(
        one in password.lower() for one in known if len(one) > 2
    )


@cache
def _common() -> frozenset[str]:
    return frozenset(FREQUENCY_LISTS["passwords"])
