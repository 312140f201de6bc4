"""How the schema came to be; run by `deployments.release`."""

from pathlib import Path


def newest_migration() -> str:
    """Return the number of the newest migration that this release brings."""
    versions = Path(__file__).parent / "versions"
    return max(one.name.partition("_")[0] for one in versions.glob("[0-9]*.py"))
