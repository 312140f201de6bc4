"""The error that ends a journey, in one plain sentence."""

from services.domain.errors import RuleBroken


class JourneyStopped(RuleBroken):
    """An answer after which no later act can be tried."""
