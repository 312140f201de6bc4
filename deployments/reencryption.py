"""`./keyline reencrypt`, and `reencrypt` of the image: stored files go under the current key."""

import os
import sys

from deployments.local.run_record import RunningPlatform
from services.bootstrap import neighbours
from services.casework.engine.reencryption import reencrypt_documents
from services.domain.errors import CaseworkError, Unavailable


def reencrypt() -> None:
    """Encrypt again what lies under a replaced key; safe to break off and to repeat."""
    if "KEYLINE_DATABASE_URL" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    count = reencrypt_documents(neighbours())
    print(
        f"{count.looked_at} files looked at, {count.encrypted} encrypted again, "
        f"{count.failed} could not be."
    )
    if count.failed:
        raise Unavailable("Keep the old key, look into the log, and run it again.")


if __name__ == "__main__":
    try:
        reencrypt()
    except CaseworkError as refused:
        sys.exit(f"reencrypt: {refused}")
