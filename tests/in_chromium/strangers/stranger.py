"""A stranger to the product, who has a task in plain words and goes by what pages say.

Nothing tells them where anything is: they take the link or button whose visible words have most in
common with those of the task, answer what they have a fact for, and turn back where nothing has.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Final

from playwright.sync_api import Locator

from tests.acceptance.errors import JourneyStopped
from tests.in_chromium.strangers.questions import Question, questions_of
from tests.in_chromium.strangers.words import best, stems
from tests.in_chromium.visitor import Visitor

MOST: Final = 30  # links and buttons, before they give up
LEAST_WORTH: Final = 0.2  # of a link that they would try
PROBLEM: Final = ".govuk-error-summary"
SKIP: Final = "Skip to main content"


@dataclass(frozen=True, slots=True)
class Task:
    """What somebody is asked to do, in their own words, and what they know.

    ``facts`` are answers by what each is about. ``done`` are words that stand on the page once it
    is done, and ``least`` is how few links and buttons do it. ``newly_told`` is how they come by an
    answer only when it is asked for, such as a code from an email; empty where none came.
    """

    words: str
    facts: dict[str, str]
    done: tuple[str, ...]
    least: int
    newly_told: dict[str, Callable[[], str]] = field(default_factory=dict)


@dataclass(slots=True)
class Stranger:
    """One stranger at their task."""

    visitor: Visitor
    task: Task
    taken: set[tuple[str, str]] = field(default_factory=set)
    clicks: int = 0
    wrong_turns: int = 0

    def does_it(self) -> None:
        """Do the task.

        Raises:
            JourneyStopped: they gave up, or took more than twice the least.
        """
        while not self._is_done():
            if self.clicks >= MOST:
                raise JourneyStopped(f"A stranger gave up at {self.visitor.where()}.")
            self._go_on()
        told = f"{self.clicks} clicks, {self.wrong_turns} wrong turns, least {self.task.least}"
        self.visitor.seen.told.append(f"a stranger did it: {told}")
        if self.clicks > 2 * self.task.least:
            raise JourneyStopped(f"A stranger took more than twice the least: {told}.")

    def _is_done(self) -> bool:
        said = self.visitor.text()
        return all(words in said for words in self.task.done)

    def _go_on(self) -> None:
        """Fill in the form that this page is about, or follow what has most of the task."""
        if self._fills_in():
            return
        offered = [one for one in self._offered() if not self._was_taken(one[0])]
        ranked = best(stems(self.task.words), [name for name, _ in offered])
        if not ranked or ranked[0][0] < LEAST_WORTH:
            self._turns_back()
        else:
            self._takes(*offered[ranked[0][1]])

    def _fills_in(self) -> bool:
        """Answer the form that asks most of what they know, and press its button."""
        known = [(self._known(form), form) for form in self._forms()]
        answers, form = max(known, key=lambda one: len(one[0]), default=([], None))
        if form is None or not answers:
            return False
        for question, answer in answers:
            self.visitor.seen.told.append(f"    answers “{question.asked[0]}”")
            question.answer(form, answer)
        button = _button(form)
        self._takes(_name(button), button)
        return True

    def _known(self, form: Locator) -> list[tuple[Question, str]]:
        """Return what they know of what this form asks."""
        known = []
        for question in questions_of(form):
            answer = question.answered_by(self.task.facts)
            if answer in self.task.newly_told:
                answer = self.task.newly_told[answer]()
            if answer:
                known.append((question, answer))
        return known

    def _takes(self, name: str, at: Locator) -> None:
        self.taken.add((self._here(), name))
        self.clicks += 1
        self.visitor.clicks_on(name, at)
        problem = self.visitor.page.locator(PROBLEM)
        if problem.count():
            self.wrong_turns += 1
            said = problem.inner_text()
            self.visitor.seen.told.append(f"    is told: {' '.join(said.split())}")

    def _turns_back(self) -> None:
        self.clicks += 1
        self.wrong_turns += 1
        self.visitor.seen.told.append(f"a stranger turns back from {self.visitor.where()}")
        if self.visitor.page.go_back() is None:
            raise JourneyStopped(f"A stranger finds no way on from {self.visitor.where()}.")

    def _forms(self) -> Iterator[Locator]:
        """Yield each form of the page's own part that has a button not yet pressed here."""
        for form in self.visitor.page.locator("#main-content form").filter(visible=True).all():
            button = _button(form)
            if button.count() and not self._was_taken(_name(button)):
                yield form

    def _offered(self) -> list[tuple[str, Locator]]:
        """Return each link and button that can be seen, with its words."""
        page = self.visitor.page
        found = page.get_by_role("link").or_(page.get_by_role("button")).filter(visible=True)
        return [(name, one) for one in found.all() if (name := _name(one)) and name != SKIP]

    def _was_taken(self, name: str) -> bool:
        return (self._here(), name) in self.taken

    def _here(self) -> str:
        """Return which page this is; one that was refused asks again."""
        said = self.visitor.page.locator(f"h1, {PROBLEM}").all_inner_texts()
        return " ".join((self.visitor.page.url, *said))


def _button(form: Locator) -> Locator:
    """Return the form's own button."""
    return form.get_by_role("button").filter(visible=True).first


def _name(at: Locator) -> str:
    """Return the words of a link or button."""
    return " ".join((at.inner_text() or at.get_attribute("value") or "").split())
