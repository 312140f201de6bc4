"""What plain words have in common: how a stranger tells which link belongs to a task."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import Final

SMALL: Final = frozenset(
    re.findall(
        r"\w+",
        "a all an and are as at be been by can do for from has have how if in into is it its no "
        "not of on one or our that the their them then they this to was were what when where which "
        "who will with would you your",
    )
)
ENDINGS: Final = ("ation", "ings", "ing", "ies", "al", "ed", "es", "s", "e", "y")
SHORTEST: Final = 4  # letters that stay when an ending goes


def stems(words: str) -> frozenset[str]:
    """Return the words that carry meaning, without their endings."""
    found = re.findall(r"[a-z]+|\d+", words.lower())
    return frozenset(map(_stem, (word for word in found if word not in SMALL)))


def best(task: frozenset[str], offered: Sequence[str]) -> Sequence[tuple[float, int]]:
    """Return the offered names by what each has of the task, best first, as (worth, place).

    A word that many of the names have says little of any of them.
    """
    each = [stems(name) for name in offered]
    common = Counter(word for one in each for word in one)
    worth = (
        (sum(common[word] ** -0.5 for word in one & task) - 0.05 * len(one - task), place)
        for place, one in enumerate(each)
    )
    return sorted(worth, key=lambda found: (-found[0], found[1]))


def covered(words: str, by: Iterable[str]) -> float:
    """Return how much of these words, from 0 to 1, is found in the others."""
    wanted = stems(words)
    there = frozenset(word for one in by for word in stems(one))
    return len(wanted & there) / len(wanted) if wanted else 0.0


def _stem(word: str) -> str:
    for ending in ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= SHORTEST:
            return word.removesuffix(ending)
    return word
