"""What the reviewers of a case are called, as its people say them and as its papers print them."""

from collections.abc import Iterator

from services.casework.answers_as_text import names_of_people
from services.database.cases import Case
from services.database.reviewers import names_handed_over, reviewers_to_name
from services.database.shown import known_partnerships
from services.database.unit_of_work import UnitOfWork


def reviewers_called(work: UnitOfWork, case: Case) -> Iterator[str]:
    """Yield the names of the case's reviewers, each as the report carries it (PUB-27).

    One whom a lead before appointed has the name that was handed over, with the partnership's; that
    person's name alone is yielded as well (rules.md 4).
    """
    people = reviewers_to_name(work.session, case.id)
    named = names_of_people(work, people, names_handed_over(work.session, case.id))
    ends = [f", {one}" for one in known_partnerships(work.session).values()]
    for name in named.values():
        yield name
        yield from (name.removesuffix(end) for end in ends if name.endswith(end))
