"""The errors that keep the local platform from starting."""

from services.domain.errors import Unavailable


class CannotStart(Unavailable):
    """An error that the user can correct, in one sentence."""


class AlreadyRunning(CannotStart):
    """Another `./keyline up` has this data folder."""


class Stopped(CannotStart):
    """The person stopped it before it was up."""
