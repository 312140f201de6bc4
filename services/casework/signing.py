"""Which round of sign-off a matter is in, and whether all three partners agree."""

from datetime import date

from services.casework.assigning import ask, done
from services.casework.posting import About, post
from services.database.cases import Case
from services.database.decisions import Matter, Position, sign_offs
from services.database.history import all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.history import Happened
from services.domain.letters import Event
from services.domain.letters import Matter as LetterMatter
from services.domain.roles import Seat
from services.domain.todo import Todo

TODO_OF = {
    Matter.RAPID_REVIEW: Todo.SIGN_RAPID_REVIEW,
    Matter.TERMS_OF_REFERENCE: Todo.SIGN_TERMS,
    Matter.REPORT: Todo.SIGN_REPORT,
    Matter.PUBLICATION: Todo.SIGN_PUBLICATION,
    Matter.ACTION_PLAN: Todo.SIGN_PLAN,
}
_LETTER = {
    Matter.RAPID_REVIEW: LetterMatter.RAPID_REVIEW,
    Matter.TERMS_OF_REFERENCE: LetterMatter.TERMS_OF_REFERENCE,
    Matter.REPORT: LetterMatter.REPORT,
    Matter.PUBLICATION: LetterMatter.PUBLICATION,
    Matter.ACTION_PLAN: LetterMatter.ACTION_PLAN,
}
_OPENED_BY = {
    Matter.RAPID_REVIEW: (Happened.DECISION_PROPOSED,),
    Matter.TERMS_OF_REFERENCE: (Happened.TERMS_AGREED,),
    Matter.REPORT: (Happened.DRAFT_SUBMITTED,),
    Matter.PUBLICATION: (Happened.PUBLICATION_PLANNED, Happened.PUBLICATION_WITHHELD),
    Matter.ACTION_PLAN: (Happened.ACTION_UPDATED,),
}


def round_of(work: UnitOfWork, case: Case, matter: Matter) -> int:
    """Return the round: each new version of a matter is signed afresh by all three."""
    return sum(len(all_of(work.session, case.id, opened)) for opened in _OPENED_BY[matter])


def all_agree(work: UnitOfWork, case: Case, matter: Matter) -> bool:
    """Tell whether all three seats have signed this round, none of them disagreeing (GOV-11)."""
    signed = sign_offs(work.session, case.id, matter, round_of(work, case, matter))
    agreeing = {one.seat for one in signed if one.position is not Position.DISAGREES}
    return agreeing == set(Seat)


def invite(work: UnitOfWork, case: Case, matter: Matter, *, last_day: date | None = None) -> None:
    """Ask each of the three partners to sign this round, and tell each by letter."""
    done(work, case, TODO_OF[matter])
    ask(work, case, TODO_OF[matter], last_day=last_day)
    round_ = round_of(work, case, matter)
    for seat in Seat:
        about = About(
            matter=_LETTER[matter],
            due=last_day,
            page=TODO_OF[matter],
            seat=seat,
            part=f"{matter.name}:{round_}:{seat.name}",
        )
        post(work, case, Event.SIGN_OFF_NEEDED, about)
