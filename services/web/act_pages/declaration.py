"""The short page that stands before every case: interests and confidentiality (LC-01, G7)."""

from typing import Final

from services.casework.steps import declaration
from services.web.act_pages.act_page import ActPage

DECLARE: Final = ActPage(
    act=declaration.DECLARE,
    path="declaration",
    title="Declare your interests",
    button="Declare and go on",
    done="Your declaration is recorded.",
    template="pages/declaration.html",
)

PAGES = (DECLARE,)
