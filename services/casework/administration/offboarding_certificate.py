"""The certificate of a partnership that leaves: what it took, what is gone, and what is held.

It is told from the record and the chain, not from what the run believes it did, so it also names
what was exported and disposed of before. It lies in the store beside the ledger.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final
from uuid import UUID, uuid4

from services.casework.administration.export import ExportContext
from services.casework.administration.offboarding import StaysOnRecord
from services.casework.administration.offboarding_decision import Offboarding
from services.casework.audit import note_administration
from services.casework.engine.disposal_store import leaving_name, put_locked
from services.casework.engine.transactions import acting
from services.database import audit
from services.database.audit import AuditLink, LinksWanted
from services.database.disposals import Disposal, disposals, files_of
from services.database.people import memberships_on, names
from services.database.unit_of_work import UnitOfWork
from services.documents.certificates import OffboardingCertificate, offboarding_certificate
from services.domain.audit import AdministrativeEvent, AuditKind
from services.domain.plain_dates import day_month_year
from services.domain.working_days import london_date

MANY: Final = 1000


@dataclass(frozen=True, slots=True)
class CertifiedOffboarding:
    """The certificate as it lies in the store."""

    key: str
    sha256: str
    content: bytes


def certify_offboarding(
    context: ExportContext, leaving: Offboarding, stays: Sequence[StaysOnRecord]
) -> CertifiedOffboarding:
    """Make the certificate, put it into the store, and note its digest in the chain."""
    number, owner = uuid4(), leaving.partnership_id
    with acting(context, owner) as work:
        said = _told(work, leaving, number, stays)
    content = offboarding_certificate(said)
    stored = put_locked(context, leaving_name(owner, number), content)
    told = {"object": str(number), "digest": stored.sha256}
    with acting(context, owner) as work:
        note_administration(work, AdministrativeEvent.OFFBOARDED, told)
    return CertifiedOffboarding(stored.key, stored.sha256, content)


def _told(
    work: UnitOfWork, leaving: Offboarding, number: UUID, stays: Sequence[StaysOnRecord]
) -> OffboardingCertificate:
    ledger = disposals(work.session)
    head = audit.head(work.session)
    decided: set[UUID] = {leaving.proposed_by.person_id, leaving.approved_by.person_id}
    people = names(work.session, decided)
    serving = len({person.id for _, person in memberships_on(work.session, work.today)})
    return OffboardingCertificate(
        partnership=work.partnership.name,
        code=work.partnership.code,
        facts=(
            ("Leaving proposed by", people[leaving.proposed_by.person_id]),
            ("Leaving adopted by", people[leaving.approved_by.person_id]),
            ("Their decision", str(leaving.schedule)),
            ("Carried out by the platform administrator", str(leaving.carried_by.person_id)),
            ("Made on", _day(work.now)),
            ("Number of this certificate", str(number)),
            ("Last link of the audit chain", f"{head.seq}, {head.hash}"),
            ("People who hold a role still", str(serving)),
        ),
        exports=tuple(
            (_day(link.at), str(link.seq), link.body["digest"]) for link in _exports(work)
        ),
        disposals=tuple(
            (one.reference, _day(one.disposed_at), str(one.files), one.digest) for one in ledger
        ),
        stays=tuple((one.reference, one.because) for one in stays),
        locked=tuple(_locked(work, ledger)),
    )


def _exports(work: UnitOfWork) -> Iterator[AuditLink]:
    wanted = LinksWanted(kind=AuditKind.ADMINISTRATION)
    for link in audit.newest_links(work.session, wanted, MANY):
        if link.body["what"] == AdministrativeEvent.EXPORT_ENDED:
            yield link


def _locked(work: UnitOfWork, ledger: Sequence[Disposal]) -> Iterator[tuple[str, str]]:
    for disposal in ledger:
        for one in files_of(work.session, disposal.id):
            if one.gone_at is None:
                until = one.locked_until
                yield one.key, _day(until) if until else "it is deleted by the next round"


def _day(at: datetime) -> str:
    return day_month_year(london_date(at))
