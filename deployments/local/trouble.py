"""What can keep a part of the local platform from starting."""

from services.domain.errors import Unavailable


class CannotStart(Unavailable):
    """Something that the person at the terminal can put right, said in one sentence."""


class AlreadyRunning(CannotStart):
    """Another `./keyline up` has this data folder."""


class Stopped(CannotStart):
    """The person stopped it before it was up."""
