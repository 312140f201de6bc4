"""What is said of a body's comment on a text before publication, and of the partners' answer."""

from typing import Annotated
from uuid import UUID

from pydantic import Field

from services.casework.commands import Command, Day, Kind, LongText, YesNo
from services.casework.steps.panel_letter import CameHow, LetterFile
from services.domain.report_comments import CommentCourse, CommentingBody


class RecordBodyComment(Command):
    """What the Panel, Ofsted or the Secretary of State says of the text that it was sent (PUB-26).

    The partners have regard to it, and answer it before the day of publication.
    """

    body: CommentingBody = Field(title="Who commented?")
    received_on: Day = Field(title="When did the comment come?")
    said: LongText = Field(title="What does it say?")
    letter_file: LetterFile = None
    came_how: CameHow = None


class CommentAnswered(Command):
    """What the partners did with a comment, as it is kept and told to who made it."""

    course: CommentCourse = Field(title="What did the partners do with it?")
    answer: LongText = Field(
        title="What do the partners answer?",
        description="Say what was changed and where, or why nothing was. It goes to the body.",
    )
    all_agree: YesNo = Field(title="Do all the safeguarding partners agree to this answer?")


class AnswerBodyComment(CommentAnswered):
    """The partners' answer to a comment on the text before publication (PUB-26).

    It is made ready to be sent to whoever commented, in the ways that the policy allows.
    """

    comment: Annotated[UUID, Kind.PROPOSAL] = Field(title="Which comment is it about?")
