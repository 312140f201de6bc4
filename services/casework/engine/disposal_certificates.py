"""What the certificate of a disposal says: counts, days, names, and no word of the case."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from services.casework.labels import label
from services.database.disposals import Disposal, DisposedFile
from services.database.people import names
from services.database.unit_of_work import UnitOfWork
from services.documents.certificates import DisposalCertificate
from services.domain.plain_dates import day_month_year
from services.domain.plain_text import capital
from services.domain.working_days import london_date


def certificate_of(
    work: UnitOfWork, disposal: Disposal, files: Sequence[DisposedFile]
) -> DisposalCertificate:
    """Return what the certificate of a disposal says."""
    people = names(work.session, {disposal.proposed_by, disposal.approved_by})
    versions = sum(one.versions for one in files)
    return DisposalCertificate(
        partnership=work.partnership.name,
        reference=disposal.reference,
        facts=(
            ("Kind of record", capital(label(disposal.record_class))),
            ("Case closed", _day(disposal.closed_at)),
            ("Disposal proposed by", _who(people, disposal.proposed_by, disposal.proposed_at)),
            ("Disposal approved by", _who(people, disposal.approved_by, disposal.disposed_at)),
            ("Authority", _authority(disposal)),
            ("Number of this disposal", str(disposal.id)),
            ("Digest of the line in the ledger", disposal.digest),
            ("Digest of the audit chain's links of this case", disposal.links_sha256),
        ),
        rows=(
            *((table.replace("_", " "), str(many)) for table, many in disposal.rows.items()),
            ("stored files", str(disposal.files)),
            ("versions of stored files", str(versions)),
        ),
        locked=tuple(
            f"{one.key}, until {_day(one.locked_until)}"
            for one in files
            if one.gone_at is None and one.locked_until is not None
        ),
    )


def _authority(disposal: Disposal) -> str:
    if disposal.under is None:
        return "The years of the partnership's policy, as its local policy"
    return f"The partnership's retention schedule {disposal.under}, as its local policy"


def _who(people: Mapping[UUID, str], person: UUID, at: datetime) -> str:
    return f"{people.get(person, str(person))}, on {_day(at)}"


def _day(at: datetime) -> str:
    return day_month_year(london_date(at))
