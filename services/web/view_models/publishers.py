"""Who publishes the review, and how far each of them has come, as the case's page tells it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.casework.steps.joint.published import PublishingReceived
from services.casework.steps.publication.published_said import ReportPublished
from services.database.cases import Case
from services.database.history import Entry, all_of
from services.database.unit_of_work import UnitOfWork
from services.domain.entry_types import EntryType


@dataclass(frozen=True, slots=True, kw_only=True)
class PublisherLine:
    """One publisher: when it sent the text ahead, when it published, and at which address."""

    name: str
    sent_on: date | None
    published_on: date | None
    address: str


def publisher_lines(work: UnitOfWork, case: Case) -> tuple[PublisherLine, ...]:
    """Return our own line and those of other publishers; nothing until one of them has sent."""
    others = tuple(_others(work, case))
    if case.presented_on is None and not others:
        return ()
    return (_own(work, case), *others)


def _own(work: UnitOfWork, case: Case) -> PublisherLine:
    kinds = (EntryType.PUBLISHED, EntryType.IMPROVEMENTS_PUBLISHED)
    published = [one for kind in kinds for one in all_of(work.session, case.id, kind)]
    return PublisherLine(
        name=work.partnership.name,
        sent_on=case.presented_on,
        published_on=case.published_on,
        address=ReportPublished.model_validate(published[-1].command).address or ""
        if published
        else "",
    )


def _others(work: UnitOfWork, case: Case) -> Iterator[PublisherLine]:
    """Yield what the others told us of the newest round; each is told about on the lead's case.

    A text that came back since was not sent.
    """
    sent = _newest(all_of(work.session, case.id, EntryType.PUBLISHER_SENT))
    returned = _newest(all_of(work.session, case.id, EntryType.PUBLISHER_RETURNED))
    published = _newest(all_of(work.session, case.id, EntryType.PUBLISHER_PUBLISHED))
    for publisher, one in sent.items():
        back, then = returned.get(publisher), _received(published.get(publisher))
        told = PublishingReceived.model_validate(one.command)
        yield PublisherLine(
            name=told.partnership,
            sent_on=told.on if back is None or back.number < one.number else None,
            published_on=then.on if then else None,
            address=then.address if then else "",
        )


def _newest(told: list[Entry]) -> dict[str, Entry]:
    """Return the newest of what each publisher told, by whose it is."""
    return {one.subject.partition(":")[0]: one for one in told}


def _received(entry: Entry | None) -> PublishingReceived | None:
    return PublishingReceived.model_validate(entry.command) if entry else None
