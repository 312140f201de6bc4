"""Pages on which a question about a case is asked, answered, withdrawn, and reminded of."""

from collections.abc import Callable, Mapping
from typing import Any

from services.casework.commands import Command
from services.casework.steps.notes.answering import (
    ANSWER_QUESTION,
    REMIND_OF_QUESTION,
    WITHDRAW_QUESTION,
    may_remind,
    may_withdraw,
    to_answer,
)
from services.casework.steps.notes.asking import ASK_QUESTION
from services.casework.steps.notes.question_said import AskQuestion
from services.casework.steps.notes.questions_on_record import AskedOnCase
from services.casework.steps.notes.things_asked import things_on
from services.casework.steps.notes.who_is_asked import may_be_asked
from services.database.cases import Case
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_dates import date_and_time
from services.web.act_pages.act_page import ActPage, OneOf
from services.web.forms.fields import Choice, Options

Found = Callable[[UnitOfWork, Case], list[AskedOnCase]]
_LONGEST = 160


def _offered(work: UnitOfWork, case: Case) -> Options:
    """Offer whom the actor may ask, and the things of the case that they may open."""
    people = may_be_asked(work, case).values()
    things = things_on(work, case)
    return {
        "whom": tuple(Choice(str(one.id), one.name) for one in people),
        "about": tuple(Choice(str(id_), one.title) for id_, one in things.items()),
    }


def _about(work: UnitOfWork, case: Case, of: str) -> Command | None:
    """Open the form about the thing from whose page it was opened."""
    thing = next((one for one in things_on(work, case) if str(one) == of), None)
    known: Mapping[str, Any] = {"about": thing}
    return None if thing is None else AskQuestion.model_construct(**known)


def _one_of(found: Found, command: type[Command]) -> tuple[Callable[..., Options], OneOf]:
    """Return what such a page offers, and how it is opened for one question."""

    def offered(work: UnitOfWork, case: Case) -> Options:
        return {
            "question": tuple(Choice(str(one.entry.id), *_told(one)) for one in found(work, case))
        }

    def named(work: UnitOfWork, case: Case, of: str) -> str:
        asked = (str(one.entry.id) for one in found(work, case))
        return next((of for one in asked if one == of), "")

    def on_record(work: UnitOfWork, case: Case, of: str) -> Command | None:
        ids = [one.entry.id for one in found(work, case)]
        chosen = next((one for one in ids if str(one) == of), ids[0] if len(ids) == 1 else None)
        known: Mapping[str, Any] = {"question": chosen}
        return None if chosen is None else command.model_construct(**known)

    one_of = OneOf(
        question="question", called="question", named=named, on_record=on_record, key=named
    )
    return offered, one_of


def _told(one: AskedOnCase) -> tuple[str, str]:
    """Return when it was asked and about what, and how it begins."""
    said = one.said
    about = f", about: {said.about}" if said.about else ""
    begins = said.question[:_LONGEST] + ("…" if len(said.question) > _LONGEST else "")
    return f"Asked on {date_and_time(one.entry.at)}{about}", begins


_TO_ANSWER = _one_of(to_answer, ANSWER_QUESTION.command)
_TO_WITHDRAW = _one_of(may_withdraw, WITHDRAW_QUESTION.command)
_TO_REMIND = _one_of(may_remind, REMIND_OF_QUESTION.command)
PAGES = (
    ActPage(
        act=ASK_QUESTION,
        path="questions/ask",
        title="Ask somebody a question about the case",
        button="Ask it",
        done="The question is asked, and an email is on its way to them.",
        narrow=_offered,
        opens=_about,
    ),
    ActPage(
        act=ANSWER_QUESTION,
        path="questions/answer",
        title="Answer a question",
        button="Send the answer",
        done="The answer is kept, and whoever asked is told.",
        narrow=_TO_ANSWER[0],
        one_of=_TO_ANSWER[1],
    ),
    ActPage(
        act=WITHDRAW_QUESTION,
        path="questions/withdraw",
        title="Withdraw a question, or close it without an answer",
        button="Withdraw it",
        done="The question is withdrawn. It stays on record.",
        narrow=_TO_WITHDRAW[0],
        one_of=_TO_WITHDRAW[1],
    ),
    ActPage(
        act=REMIND_OF_QUESTION,
        path="questions/remind",
        title="Remind of a question",
        button="Send the reminder",
        done="The reminder is on its way.",
        narrow=_TO_REMIND[0],
        one_of=_TO_REMIND[1],
    ),
)
