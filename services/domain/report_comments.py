"""What a national body says of a text that was sent to it before publication (PUB-26)."""

from enum import StrEnum

from services.domain.recipients import Recipient


class CommentingBody(StrEnum):
    """Who was sent the text before publication, and may say something of it."""

    PANEL = "panel"
    OFSTED = "ofsted"
    SECRETARY_OF_STATE = "secretary_of_state"

    @property
    def recipient(self) -> Recipient:
        """Return to whom the partners' answer goes."""
        return Recipient(self.value)


class CommentCourse(StrEnum):
    """What the partners did with what a body said."""

    TEXT_CHANGED = "text_changed"
    TAKEN_UP_OTHERWISE = "taken_up_otherwise"
    NOT_TAKEN_UP = "not_taken_up"
