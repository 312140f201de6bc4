"""`make migration NAME="What is new"`, or `make migration LAST=file` where another landed first."""

import sys
from pathlib import Path

from deployments.migration.writing import put_last, write_next
from services.domain.errors import CaseworkError


def main(words: list[str]) -> None:
    """Write the next migration, or renumber the named one, and say which file it is."""
    match words:
        case ["--last", path]:
            print(f"It is the last now: {put_last(Path(path))}.")
        case [title]:
            made = write_next(title)
            print(f"Written: {made}. Read it before you keep it." if made else "Nothing differs.")
        case _:
            sys.exit('migration: say one title, or "--last FILE".')


if __name__ == "__main__":
    try:
        main(sys.argv[1:])
    except CaseworkError as refused:
        sys.exit(f"migration: {refused}")
