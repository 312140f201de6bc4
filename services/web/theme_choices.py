"""Which themes a form offers: those of the partnership's list of today (EMB-10)."""

from collections.abc import Callable, Mapping
from functools import partial

from services.database.cases import Case
from services.database.learning import themes_listed
from services.database.unit_of_work import UnitOfWork
from services.domain.plain_text import capital
from services.web.forms.fields import Choice, Options

Offer = Callable[[UnitOfWork], Options]


def offered_as(shipped: str, own: str) -> Offer:
    """Return what offers the shipped themes under the one name, and the own under the other."""
    return partial(_offered_as, shipped, own)


def of_the_case(work: UnitOfWork, _case: Case) -> Options:
    """Return the themes that the form about a case offers."""
    return _offered_as("themes", "own_themes", work)


def each_under(*names: str) -> Offer:
    """Return what offers every theme of today under each of these names."""
    return partial(_each_under, names)


def _offered_as(shipped: str, own: str, work: UnitOfWork) -> Options:
    offered = themes_listed(work.session).offered
    return {
        shipped: tuple(
            Choice(one.shipped.value, capital(one.words))
            for one in offered
            if one.shipped is not None
        ),
        own: tuple(
            Choice(str(one.id), capital(one.words)) for one in offered if one.shipped is None
        ),
    }


def _each_under(names: tuple[str, ...], work: UnitOfWork) -> Mapping[str, tuple[Choice, ...]]:
    offered = themes_listed(work.session).offered
    choices = tuple(Choice(str(one.id), capital(one.words)) for one in offered)
    return dict.fromkeys(names, choices)
