"""The files that people added to a case, as forms offer them."""

from services.database.cases import Case
from services.database.documents import Document, documents
from services.database.unit_of_work import UnitOfWork
from services.domain.documents import DocumentKind


def kept_files(work: UnitOfWork, case: Case) -> list[Document]:
    """Return the files that people added to the case, and none of an agency's own."""
    found = documents(work.session, case.id)
    return [one for one in found if one.kind is DocumentKind.UPLOAD and one.subject == str(one.id)]
