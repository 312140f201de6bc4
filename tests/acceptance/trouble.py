"""Why a journey cannot go on: said in one plain sentence."""

from services.domain.errors import RuleBroken


class JourneyStopped(RuleBroken):
    """Something answered so that nothing after it could be tried."""
