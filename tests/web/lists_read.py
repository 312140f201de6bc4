"""What stands on a page of a long table, and in the file of it, as its reader sees it."""

import csv
import re
from io import StringIO

from tests.web.visitors import Answer


def in_file(answer: Answer) -> list[list[str]]:
    """Return the rows of a CSV file, its head first."""
    assert answer.status == 200, answer.text
    return list(csv.reader(StringIO(answer.response.content.decode("utf-8-sig"))))


def cells(answer: Answer, column: str) -> list[str]:
    """Return the words of one column of the page, without what stands in small letters."""
    found = answer.page.select(f"td[data-label='{column}']")
    return [next(one.stripped_strings, "") for one in found]


def fitting(answer: Answer) -> int:
    """Return how many rows the page says that fit; none where it shows no table."""
    if answer.page.caption is None:
        return 0
    found = re.match(r"[\d,]+", answer.page.caption.get_text(strip=True))
    assert found is not None
    return int(found.group().replace(",", ""))
