"""Whom documents tell of that went to the wrong person."""

from services.casework.steps.family import family_on_record
from services.casework.steps.publication.publishers import reviewers_name
from services.database.cases import Case, children
from services.database.unit_of_work import UnitOfWork
from services.domain.dispatches import Notice
from services.domain.ways import DocumentClass


def people_concerned(work: UnitOfWork, case: Case, notice: Notice | None) -> tuple[str, ...]:
    """Return whom the documents tell of, by name, as far as the case knows them.

    A notice of the reviewer's name tells of the reviewer alone; all others, and a case that was
    read, of the children and of the family around them, even where it does not name them.
    """
    reviewer = reviewers_name(work, case)
    if notice is not None and notice.rule.document_class is DocumentClass.REVIEWER_NAME:
        return (reviewer,) if reviewer else ()
    named = [one.name for one in children(work.session, case.id)]
    named += [one.name for one in family_on_record(work, case)]
    return tuple(dict.fromkeys((*named, *((reviewer,) if reviewer else ()))))
