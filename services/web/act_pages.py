"""How an act of casework gets its page: the form it asks for, and what becomes of the answers."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Annotated, Any, Final
from uuid import UUID, uuid4

from fastapi import APIRouter, Request, Response
from fastapi.responses import RedirectResponse
from sqlmodel import select

from services.casework.access.cases import case_in_sight, case_to_read, record_viewing
from services.casework.commands import Command
from services.database.cases import Case
from services.database.clocks import RunningClock, clocks
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.clocks.rules import ClockId
from services.domain.entry_types import EntryType
from services.domain.errors import AlreadyDone, AnswerRefused, CaseworkError, RuleBroken
from services.domain.identifiers import CaseId
from services.domain.roles import Permission
from services.domain.workflow import Stage
from services.web.choices import choices_for
from services.web.dependencies import requires
from services.web.errors import status_of
from services.web.form_input import PostedForm
from services.web.forms.fields import Options, Question, questions
from services.web.forms.parsing import Answers, Problem, read
from services.web.forms.rendering import show
from services.web.forms.validation import refused, understand
from services.web.path_ids import TheCaseId
from services.web.posted_form import Posted
from services.web.rendering import page
from services.web.timeline import Told, register, tell

Act = Callable[[UnitOfWork, Any, Any], Case]
Narrow = Callable[[UnitOfWork, Case], Options]


@dataclass(frozen=True, slots=True, kw_only=True)
class ActPage:
    """One act of casework as people meet it on a page below the case's address."""

    path: str
    title: str
    button: str
    done: str
    act: Act
    words: type[Command]
    permission: Permission
    entry_type: tuple[EntryType, ...]
    stages: frozenset[Stage] = frozenset(Stage)
    clock: ClockId | None = None
    shows: tuple[EntryType, ...] = ()
    narrow: Narrow | None = None
    intro: str = ""

    @property
    def questions(self) -> tuple[Question, ...]:
        """Return the questions that the act's words ask."""
        return questions(self.words)

    @property
    def why(self) -> str:
        """Say what the page is for, and by which rule."""
        said = self.intro or (self.words.__doc__ or "")
        return " ".join(said.split())


ACTS: Final[dict[str, ActPage]] = {}


def act_page(router: APIRouter, asked: ActPage) -> None:
    """Give the act its page: a form to read, and a form to send."""
    needs = requires(asked.permission)
    ACTS[asked.path] = asked
    register(asked.entry_type, asked.words)

    def ask(case_id: TheCaseId, request: Request, work: Annotated[UnitOfWork, needs]) -> Response:
        """Show the act's form to a person who may read the case."""
        return shown(request, work, asked, _case_for(work, asked, case_id))

    def act(
        case_id: TheCaseId,
        request: Request,
        posted: PostedForm,
        work: Annotated[UnitOfWork, needs],
    ) -> Response:
        """Do the act, or show the form again with what stands in the way."""
        return sent(request, work, asked, _case_for(work, asked, case_id), posted)

    router.get(f"/{asked.path}", name=f"ask {asked.path}")(ask)
    router.post(f"/{asked.path}", name=f"act {asked.path}")(act)


def sent(
    request: Request, work: UnitOfWork, asked: ActPage, case: Case | None, posted: Posted
) -> Response:
    """Do what was posted, once; what is refused undoes itself and keeps the typed answers."""
    if (acted_on := _acted_on(work)) is not None:
        return _done(asked, acted_on)
    options = options_for(work, asked, case)
    answers = read(asked.questions, posted, options)
    words = understand(asked.words, asked.questions, answers)
    if words is None:
        return shown(request, work, asked, case, Again(posted, answers.problems, 422))
    try:
        with work.session.begin_nested():
            after = asked.act(work, case.id if case else None, words)
    except (AnswerRefused, RuleBroken) as error:
        if isinstance(error, AlreadyDone) and (acted_on := _acted_on(work)) is not None:
            return _done(asked, acted_on)
        again = Again(posted, [_problem(error, asked, answers)], status_of(error))
        return shown(request, work, asked, case, again)
    return _done(asked, after.id)


@dataclass(frozen=True, slots=True)
class Again:
    """A form that has to be shown again: what was typed, and what to put right."""

    posted: Posted = field(default_factory=Posted)
    problems: list[Problem] = field(default_factory=list)
    status: int = 200


def shown(
    request: Request,
    work: UnitOfWork,
    asked: ActPage,
    case: Case | None,
    again: Again | None = None,
) -> Response:
    """Show the form, with the case it is about, its rule and its last day.

    A form shown again after an error is a view like the first one, and is recorded as one.
    """
    again = again or Again()
    if case is not None and asked.permission is not Permission.DECLARE:
        record_viewing(work, case, asked.title)
    form = show(asked.questions, options_for(work, asked, case), again.posted, again.problems)
    return page(
        request,
        "pages/act.html",
        again.status,
        asked=asked,
        case=case,
        form=form,
        once=uuid4(),
        clock=_clock(work, asked, case),
        before=_said_before(work, asked, case),
        today=work.today,
    )


def _case_for(work: UnitOfWork, asked: ActPage, case_id: CaseId) -> Case:
    """Return the case to who may read it; who has yet to declare may only do that (G7)."""
    if asked.permission is Permission.DECLARE:
        return case_in_sight(work, case_id)
    return case_to_read(work, case_id)


def options_for(work: UnitOfWork, asked: ActPage, case: Case | None) -> Options:
    """Return what may be chosen on the page, narrowed where the act says so."""
    options = choices_for(work, asked.questions)
    if asked.narrow is None or case is None:
        return options
    return {**options, **asked.narrow(work, case)}


def _acted_on(work: UnitOfWork) -> UUID | None:
    """Return the case on which this very form has been acted on already, if it has."""
    if work.once is None:
        return None
    return work.session.exec(select(Entry.case_id).where(Entry.once == work.once)).first()


def _done(asked: ActPage, case_id: object) -> Response:
    return RedirectResponse(f"/cases/{case_id}?done={asked.path}", status_code=303)


def _problem(error: CaseworkError, asked: ActPage, answers: Answers) -> Problem:
    if isinstance(error, AnswerRefused):
        return refused(error.field, str(error), asked.questions, answers)
    return Problem("", str(error))


def _clock(work: UnitOfWork, asked: ActPage, case: Case | None) -> RunningClock | None:
    """Return the clock that the act concerns, if it runs on this case."""
    if case is None or asked.clock is None:
        return None
    agency = str(work.actor.agency_id or "")
    running = [one for one in clocks(work.session, case.id) if one.clock == asked.clock.value]
    mine = [one for one in running if one.subject in ("", agency)]
    return next((one for one in mine if one.met_on is None and one.ended_on is None), None)


def _said_before(work: UnitOfWork, asked: ActPage, case: Case | None) -> list[Told]:
    """Return what was said before and is needed to act now, such as what is to be signed."""
    if case is None or not work.actor.may(Permission.READ_CASE):
        return []
    newest = [all_of(work.session, case.id, entry_type)[-1:] for entry_type in asked.shows]
    return tell(work, [entry for found in newest for entry in found], in_full=True)
