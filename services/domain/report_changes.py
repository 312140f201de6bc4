"""What becomes of a report that is changed after the partners have signed it (PUB-02, PUB-26)."""

from enum import StrEnum


class TextCourse(StrEnum):
    """How a changed text goes to the three bodies, where they were sent the former one (K12)."""

    SENT_AGAIN = "sent_again"
    OF_FORM = "of_form"
