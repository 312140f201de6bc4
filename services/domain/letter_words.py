"""Which words a letter has in a file that a person edited, where the rest is as it was made."""

from collections.abc import Sequence

from services.domain.documents import LetterWords
from services.domain.errors import AnswerRefused


def words_brought_back(
    made: Sequence[str], brought: Sequence[str], words: LetterWords
) -> LetterWords:
    """Return the letter's own words in what was brought back.

    ``made`` are the paragraphs of the file as it was made, with these words. What stands before,
    between and after them comes from the record: a file in which that is changed is refused.
    """
    opening, closing = len(words.opening), len(words.closing)
    first = _place(made, words.opening)
    after = made[first + opening :]
    last = first + opening + _last_place(after, words.closing or after[-1:])
    before, between = made[:first], made[first + opening : last]
    end = made[last + closing :]
    middle = brought[len(before) : len(brought) - len(end)]
    place = _place(middle, between)
    as_made = (
        place >= 0
        and _same(brought[: len(before)], before)
        and _same(brought[len(brought) - len(end) :], end)
    )
    if not as_made:
        raise AnswerRefused("file", _told((*before, *between, *end), brought))
    if not place:
        raise AnswerRefused("file", "The letter has no words of its own before what is on record.")
    return LetterWords(opening=tuple(middle[:place]), closing=tuple(middle[place + len(between) :]))


def _told(of_record: Sequence[str], brought: Sequence[str]) -> str:
    there = set(map(_plain, brought))
    changed = next((one for one in of_record if _plain(one) not in there), "")
    named = f": “{_plain(changed)[:80]}” is not there as it was made." if changed else "."
    return (
        "In the Word file only the letter's own words are put right, and something else is changed"
        f"{named} Take the file of the newest version; what comes from the record is put right on "
        "the case."
    )


def _place(whole: Sequence[str], part: Sequence[str]) -> int:
    """Return where the part begins for the first time, or -1."""
    many = len(part)
    places = range(len(whole) - many + 1)
    return next((at for at in places if _same(whole[at : at + many], part)), -1)


def _last_place(whole: Sequence[str], part: Sequence[str]) -> int:
    many = len(part)
    places = range(len(whole) - many, -1, -1)
    return next((at for at in places if _same(whole[at : at + many], part)), -1)


def _same(some: Sequence[str], others: Sequence[str]) -> bool:
    return list(map(_plain, some)) == list(map(_plain, others))


def _plain(text: str) -> str:
    """Return the text without what a word processor changes by itself: spaces and line ends."""
    return " ".join(text.split())
