"""Names on one drawing, no two of them alike."""

from collections.abc import Iterable


def told_apart(names: Iterable[str]) -> tuple[str, ...]:
    """Return the names so that no two are alike: the second of a name is numbered.

    A number is passed over where somebody is really called so.
    """
    given = tuple(names)
    called = {_as_one(name) for name in given}
    seen: set[str] = set()
    found = []
    for name in given:
        apart, number = name, 1
        while _as_one(apart) in seen or (number > 1 and _as_one(apart) in called):
            number += 1
            apart = f"{name} ({number})"
        seen.add(_as_one(apart))
        found.append(apart)
    return tuple(found)


def _as_one(name: str) -> str:
    return " ".join(name.casefold().split())
