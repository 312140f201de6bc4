"""The answers of a form in Word that has lost its fields, read under the words of its questions.

Some programs keep the text of a file and not its fields. A row's question is known by the heading
of its row, which stands above it.
"""

from collections.abc import Sequence

from services.domain.filled_forms import same_words
from services.domain.word_forms import WordField, WordForm, WordQuestion, tag_of


def under_headings(lines: Sequence[str], form: WordForm) -> tuple[WordField, ...]:
    """Return what stands under each question of the form; one that is not there has no field."""
    reading = _UnderHeadings(form)
    for line in lines:
        reading.take(line)
    return tuple(
        WordField(tag_of(one), one.asks, "\n".join(said)) for one, said in reading.said.values()
    )


class _UnderHeadings:
    """Reads line by line: a question opens its answer, a heading closes it."""

    def __init__(self, form: WordForm) -> None:
        questions = [one for part in form.parts for one in part.questions]
        self.said: dict[str, tuple[WordQuestion, list[str]]] = {}
        self._asked: dict[tuple[str, str], WordQuestion] = {}
        self._closes = {same_words(part.heading) for part in form.parts} | {"about this file"}
        self._rows = {same_words(one.row) for one in questions if one.row}
        self._row, self._at = "", ""
        row = ""
        for one in questions:
            row = same_words(one.row) if one.row else row if one.of_row else ""
            self._asked.setdefault((row, same_words(one.asks)), one)

    def take(self, line: str) -> None:
        """Take one line of the file."""
        words = same_words(line)
        here = self._asked.get((self._row, words))
        if words in self._rows:
            self._row, self._at = words, ""
        elif here is not None or ("", words) in self._asked:
            asked = here or self._asked["", words]
            self._row = self._row if here is not None and asked.of_row else ""
            self._at = asked.name
            self.said.setdefault(asked.name, (asked, []))
        elif words in self._closes:
            self._row = self._at = ""
        elif self._at and not self._is_ours(words):
            self.said[self._at][1].append(line)

    def _is_ours(self, words: str) -> bool:
        """Tell whether the line is what the form itself says under the question."""
        helps = same_words(self.said[self._at][0].helps)
        return words == helps or words.startswith(("answer with one of", "answer with as many"))
