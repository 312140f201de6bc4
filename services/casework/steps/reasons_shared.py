"""With whom the reasons for a decision on a local review are shared: the family, and agencies."""

from pydantic import Field

from services.casework.commands import Command, LongText, YesNo
from services.domain.errors import AnswerRefused


class ReasonsShared(Command):
    """Whether and how the reasons are shared with the family and with agencies (DEC-14).

    Where it stands first among the bases of a command, its questions are asked last.
    """

    shares_reasons: YesNo = Field(
        title="Are the reasons for the decision shared with the family? (DEC-14)"
    )
    family_how: LongText = Field(title="How, when and by whom, or why not?")
    tells_agencies: YesNo = Field(title="Are the reasons shared with the agencies? (DEC-14)")
    agencies_words: LongText | None = Field(
        default=None,
        title="If so: the reasons, in the words that the agencies read",
        description="They stand beside the outcome for each agency that referred the incident "
        "or was asked about it. Say nothing of the family that one of them may not know.",
    )
    agencies_why_not: LongText | None = Field(default=None, title="If not: why not?")


def must_say_how_shared(said: ReasonsShared) -> None:
    """Refuse what is to be shared without its words, and what is not without why (DEC-14).

    Of the two questions the one that is meant for the other answer stays empty.
    """
    if said.tells_agencies and not said.agencies_words:
        raise AnswerRefused("agencies_words", "Say in what words the agencies read the reasons.")
    if said.tells_agencies and said.agencies_why_not:
        raise AnswerRefused(
            "agencies_why_not", "You have answered that the reasons are shared with agencies."
        )
    if not said.tells_agencies and said.agencies_words:
        raise AnswerRefused(
            "agencies_words", "You have answered that the reasons are not shared with agencies."
        )
    if not said.tells_agencies and not said.agencies_why_not:
        raise AnswerRefused("agencies_why_not", "Say why they are not shared with the agencies.")
