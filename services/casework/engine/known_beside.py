"""What the partnerships that share a review know of its cases, for the check of its report."""

from contextlib import suppress

from services.casework.job_context import JobContext
from services.casework.joint.membership import fellows_of
from services.casework.steps.known_of_case import known_of_report
from services.database.cases import get_case
from services.domain.anonymity.known import KnownOfReport
from services.domain.errors import NotFound


def known_beside_fellows(context: JobContext, known: KnownOfReport) -> KnownOfReport:
    """Return what is known with what each fellow partnership knows of its own case (PUB-16).

    It is read in their own unit of work, compared, and kept nowhere: a hit holds words of the
    report. A case that is disposed of is known no longer.
    """
    with context.transaction() as ours:
        fellows = fellows_of(ours, get_case(ours.session, context.case_id))
    for partnership_id, case_id in fellows:
        with context.elsewhere(partnership_id) as theirs, suppress(NotFound):
            known = known.beside(known_of_report(theirs, get_case(theirs.session, case_id)))
    return known
