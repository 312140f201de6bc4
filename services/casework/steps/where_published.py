"""A report is published at an address, or by the repository without the partnership's name.

That hides who publishes, so that a child is not known by the place. It hides no reviewer (PUB-27).
"""

from collections.abc import Iterator

from services.casework.joint.matters import entries_said
from services.casework.joint.membership import fellow_members
from services.casework.steps.anonymity.checks import DECIDED
from services.database.cases import Case
from services.database.shown import known_partnerships
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType
from services.domain.errors import AnswerRefused
from services.domain.publication_days import PublishedWhere
from services.domain.sign_off import SignOffMatter


def is_unnamed(work: UnitOfWork, case: Case) -> bool:
    """Tell whether the plan that stands has the repository publish without a partnership's name.

    Where another partnership leads it is that one's plan, as it is shown to us.
    """
    for newest in entries_said(work, case, SignOffMatter.PUBLICATION, *DECIDED)[-1:]:
        if newest.entry_type is EntryType.PUBLICATION_PLANNED:
            return newest.command.get("where") == PublishedWhere.REPOSITORY_UNNAMED
    return False


def must_have_an_address(
    work: UnitOfWork, case: Case, address: str | None, *, publishes: bool
) -> None:
    """Refuse publication at no address; the repository's is told once it is known (PUB-28)."""
    if address is None and publishes and is_unnamed(work, case):
        return
    if address is None or not address.startswith(("https://", "http://")):
        raise AnswerRefused("address", "Enter a web address that begins with https://")


def publishers_hidden(work: UnitOfWork, case: Case) -> Iterator[str]:
    """Yield the names that a report which hides its publishers may not hold (PUB-27)."""
    if is_unnamed(work, case):
        yield work.partnership.name
        known = known_partnerships(work.session)
        yield from (known[one.tenant_id] for one in fellow_members(work, case))
