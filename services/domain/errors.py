"""What can go wrong, in five kinds; the edges read the kind, people read the message."""


class CaseworkError(Exception):
    """Something the caller must be told; the message is fit to show on a page."""


class NotFound(CaseworkError):
    """There is no such thing within reach of this person's partnership."""


class NotPermitted(CaseworkError):
    """This person's role does not carry that permission."""


class RuleBroken(CaseworkError):
    """The guidance, or the partnership's own policy, does not allow it now."""


class AnswerRefused(CaseworkError):
    """One answer on the form cannot be accepted."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field


class Unavailable(CaseworkError):
    """A neighbour (mail, storage, Prefect, the Panel) did not answer; try again later."""


class StoreUnavailable(Unavailable):
    """The object store did not answer."""


class MailUnavailable(Unavailable):
    """The mail service did not take the email; it may later."""


class PrefectUnavailable(Unavailable):
    """Prefect did not answer; the case goes on without it."""


class OutsidePolicy(RuleBroken):
    """A partnership's choice would loosen what the guidance fixes."""


class StepNotOpen(RuleBroken):
    """The step is not open on this case."""


class AlreadyDone(RuleBroken):
    """Somebody has done this already; the first record stands."""


class FormUsedOtherwise(RuleBroken):
    """The key of a posted form was used before, for another act or with other words."""


class ProveAgain(NotPermitted):
    """The act decides, and too long ago the person last showed who they are."""

    def __init__(self) -> None:
        super().__init__("Show again that it is you before you do this. What you typed is kept.")


class NeedsPerson(NotPermitted):
    """What a system asked for is done by a named person, who shows first that it is them."""

    def __init__(self, doing: str) -> None:
        super().__init__(
            f"To {doing} needs a named person: they sign in, show that it is them, and the token is"
            " theirs. A system that acts for itself is not let do it."
        )


class DeclareFirst(NotPermitted):
    """The person has not declared interests and confidentiality on this case yet (LC-01, G7)."""


class LeaseLost(RuleBroken):
    """Another worker carries this case now; this one must stop."""
