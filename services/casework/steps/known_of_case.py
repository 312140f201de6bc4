"""What of a case must not stand in a report that is published of it (PUB-16).

Every version of the referral and of the request before it counts: a name that was put right later
is still the child's. Of people who work with the family, those are known who have an account, and
whom the directory, the register of other processes or an agency's report names as its contact. What
is told in other free words, such as further children, is not looked for.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final

from services.casework.steps.names_at_work import names_of_practitioners
from services.casework.steps.people_told_later import people_told_later
from services.casework.steps.public_addresses import public_addresses
from services.casework.steps.reviewers_called import reviewers_called
from services.casework.steps.where_published import publishers_hidden
from services.database.cases import Case
from services.database.history import Entry, all_of, facts
from services.database.partnerships import agency_names, listed_for
from services.database.unit_of_work import UnitOfWork
from services.domain.anonymity.known import HitKind, KnownDay, KnownOfReport, KnownWords
from services.domain.entry_types import THE_REFERRAL, EntryType

_SAY_WHO: Final = (*THE_REFERRAL, EntryType.REVIEW_REQUESTED)
_PLACES_OF_CHILD: Final = ("lives_in", "provider")
_SCHOOLS: Final = frozenset({"school", "academy", "nursery", "college"})


def known_of_report(work: UnitOfWork, case: Case) -> KnownOfReport:
    """Return what is looked for in a report on the case, as far as the actor reads it.

    The reviewers are named in what is published, and the partnership publishes it (PUB-27). Where
    the repository publishes it without the partnership's name, that name is looked for.
    """
    said = all_of(work.session, case.id, *_SAY_WHO)
    agreed = all_of(work.session, case.id, EntryType.FAMILY_APPROACH_AGREED)
    spared = (*reviewers_called(work, case),)
    told = {*names_of_practitioners(work, case), *people_told_later(work, case)}
    workers = sorted(told - {*spared})
    hidden = (*publishers_hidden(work, case),)
    return KnownOfReport(
        names=(*_names(said, agreed), *_known(workers, HitKind.PRACTITIONER_NAME)),
        days=tuple(dict.fromkeys(_days(said))),
        places=(
            *_places(said),
            *_known(hidden, HitKind.PLACE),
            *_known(_organisations(work, case), HitKind.SCHOOL),
        ),
        references=tuple(filter(None, _references(case, said))),
        spared=tuple(filter(None, (*spared, "" if hidden else work.partnership.name))),
        public=(*public_addresses(work),),
        has_genogram=bool(facts(work.session, case.id, EntryType.GENOGRAM_KEPT)),
    )


def _known(words: Iterable[str], kind: HitKind) -> Iterator[KnownWords]:
    return (KnownWords(one, kind) for one in words)


def _names(said: Iterable[Entry], agreed: Iterable[Entry]) -> Iterator[KnownWords]:
    for entry in said:
        yield from _known(_told(_rows(entry, "children"), "name"), HitKind.CHILD_NAME)
        yield from _known(_told(_rows(entry, "family_members"), "name"), HitKind.FAMILY_NAME)
    for entry in agreed:
        yield from _known(_told(_rows(entry, "further"), "name"), HitKind.FAMILY_NAME)


def _days(said: Iterable[Entry]) -> Iterator[KnownDay]:
    for entry in said:
        people = [*_rows(entry, "children"), *_rows(entry, "family_members")]
        for field, kind in (
            ("born_on", HitKind.BIRTH_DAY),
            ("expected_on", HitKind.BIRTH_DAY),
            ("died_on", HitKind.DEATH_DAY),
        ):
            for day in _told(people, field):
                yield KnownDay(date.fromisoformat(day), kind)
        if entry.command.get("incident_on"):
            yield KnownDay(date.fromisoformat(entry.command["incident_on"]), HitKind.INCIDENT_DAY)


def _places(said: Iterable[Entry]) -> Iterator[KnownWords]:
    for entry in said:
        yield from _known(_told([entry.command], "place"), HitKind.PLACE)
        for field in _PLACES_OF_CHILD:
            yield from _known(_told(_rows(entry, "children"), field), HitKind.PLACE)


def _organisations(work: UnitOfWork, case: Case) -> Iterator[str]:
    """Yield who is asked on this case alone, and every school of the directory."""
    listed = {one.id: one.name for one in listed_for(work.session, case.id)}
    yield from listed.values()
    for id_, name in agency_names(work.session).items():
        if id_ not in listed and not _SCHOOLS.isdisjoint(name.casefold().split()):
            yield name


def _references(case: Case, said: Iterable[Entry]) -> Iterator[str]:
    yield from (case.reference, case.notification_reference)
    for entry in said:
        yield from _told(_rows(entry, "children"), "identifier")


def _rows(entry: Entry, field: str) -> list[Mapping[str, Any]]:
    return list(entry.command.get(field) or ())


def _told(rows: Iterable[Mapping[str, Any]], field: str) -> Iterator[str]:
    return (str(row[field]) for row in rows if row.get(field))
