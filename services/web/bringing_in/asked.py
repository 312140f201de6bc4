"""What the page of a running case asks beside the workbook itself."""

from typing import Final

from services.casework.commands import Kind
from services.web.forms.fields import Question

FILE: Final = Question(
    name="file",
    asks="The workbook",
    helps="An Excel file (.xlsx). It is checked, read and not kept. No formula is worked out.",
    kind=Kind.DOCUMENT,
    required=True,
)
REFERENCE: Final = Question(
    name="reference",
    asks="Reference of the case, if it is in Keyline already",
    helps="Where somebody else has brought in their part of the same file before you.",
    kind=Kind.SHORT_TEXT,
    required=False,
)
AGREES: Final = Question(
    name="agrees",
    asks="Do you have no conflict of interest in this case, and will you keep it confidential?",
    helps="Somebody with a conflict does not bring a case in.",
    kind=Kind.YES_NO,
    required=True,
)
OF_THE_PAGE: Final = (REFERENCE, AGREES)
ASKED: Final = (FILE, *OF_THE_PAGE)
