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
FIRST: Final = 2  # words, read before the others
SHORTEST: Final = 4  # letters that stay when an ending goes


def stems(words: str) -> frozenset[str]:
    """Return the words that carry meaning, without their endings."""
    return frozenset(_in_order(words))


def _in_order(words: str) -> list[str]:
    found = re.findall(r"[a-z]+|\d+", words.lower())
    return list(dict.fromkeys(_stem(word) for word in found if word not in SMALL))


def best(task: frozenset[str], offered: Sequence[str]) -> Sequence[tuple[float, int]]:
    """Return the offered names by what each has of the task, best first, as (worth, place).

    A word that many of the names have says little of any of them, and people read the beginning of
    a link first.
    """
    each = [_in_order(name) for name in offered]
    common = Counter(word for one in each for word in one)
    worth = ((_worth(one, task, common), place) for place, one in enumerate(each))
    return sorted(worth, key=lambda found: (-found[0], found[1]))


def _worth(name: Sequence[str], task: frozenset[str], common: Counter[str]) -> float:
    """Return what a name has of the task; a word behind the first ones is half read."""
    told = (
        common[word] ** -0.5 * (1 if place < FIRST else 0.5) if word in task else -0.05
        for place, word in enumerate(name)
    )
    return sum(told)


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
