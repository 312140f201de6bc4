"""`make picture`: the sign-off page as a partner reads it on a telephone, 375 pixels wide.

It is looked at by a person: decision, draft and every position stand on it without a download. The
case is one of the tests, of which the police have disagreed with the first version.
"""

import asyncio
import shutil
import sys
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Final
from urllib.parse import urlsplit

from PIL import Image
from playwright.async_api import Route, async_playwright

from services.casework.steps.rapid_review import rapid_review
from services.casework.steps.sign_off import sign_off
from services.domain.roles import Role, Seat
from services.domain.sign_off import Position
from services.domain.workflow import Stage
from tests import factories as say
from tests.driven import Driven
from tests.reached import decision_put, reach
from tests.servers import app_engine_on, platform_postgres
from tests.web.collections_sent import PASSWORD, Place
from tests.web.visitors import HOST, Visitor
from tests.world import make_world

WIDE, HIGH, ACROSS, GAP = 375, 812, 6, 12
CHROMIUM: Final = "chromium"
DISSENT, WEIGHED = "The alert is not weighed.", "The alert is weighed: it came after the injury."


def main(target: Path) -> None:
    """Write the page, cut into screens that stand beside each other, into the file."""
    with TemporaryDirectory() as home, platform_postgres(Path(home)) as postgres:
        engine = app_engine_on(postgres.make_migrated().app_url)
        case = disagreed_with(reach(make_world(engine), Stage.RAPID_REVIEW))
        whole = Path(home) / "page.png"
        asyncio.run(_draw(partner_of(case), case, whole))
        _screens(whole).save(target, optimize=True)
        engine.dispose()


def disagreed_with(case: Driven) -> Driven:
    """Put a second version to the partners after the police disagreed with the first."""
    decision_put(case)
    case.sign(sign_off.sign_rapid_review, "2026-01-02", Seat.LOCAL_AUTHORITY)
    said = {"position": Position.DISAGREES, "reasons": DISSENT}
    case.sign(sign_off.sign_rapid_review, "2026-01-02", Seat.POLICE, **said)
    again = say.propose_decision(grounds=WEIGHED)
    case.do(rapid_review.propose_decision, again, Role.REVIEW_GROUP_CHAIR, "2026-01-05")
    return case.sign(sign_off.sign_rapid_review, "2026-01-05", Seat.LOCAL_AUTHORITY)


def partner_of(case: Driven) -> Visitor:
    """Return the police partner, signed in on the day after."""
    place = Place(case.world, when="2026-01-06")
    visitor = Visitor(place.app)
    email = case.world.ours.email(Role.SAFEGUARDING_PARTNER, Seat.POLICE)
    assert visitor.sign_in(email, PASSWORD).status == 303
    return visitor


async def _draw(partner: Visitor, case: Driven, target: Path) -> None:
    """Have the browser draw the page; whatever it asks for is answered in this process."""

    async def answer(route: Route) -> None:
        asked = urlsplit(route.request.url)
        found = await partner._ask(route.request.method, asked.path)
        kept = {"content-type", "content-security-policy", "cache-control"}
        headers = {name: value for name, value in found.headers.items() if name in kept}
        await route.fulfill(status=found.status_code, headers=headers, body=found.content)

    async with async_playwright() as tool:
        browser = await tool.chromium.launch(executable_path=shutil.which(CHROMIUM))
        page = await browser.new_page(viewport={"width": WIDE, "height": HIGH})
        await page.route("**/*", answer)
        await page.goto(f"{HOST}/cases/{case.case_id}/sign-off/rapid-review")
        await page.screenshot(path=target, full_page=True)
        await browser.close()


def _screens(whole: Path) -> Image.Image:
    """Return the long page as columns of screens, first to last."""
    page = Image.open(whole).convert("RGB")
    column = -(-page.height // ACROSS)
    sheet = Image.new("RGB", (ACROSS * (WIDE + GAP) + GAP, column + 2 * GAP), "#b1b4b6")
    for place in range(ACROSS):
        top = place * column
        part = page.crop((0, top, WIDE, min(top + column, page.height)))
        sheet.paste(part, (GAP + place * (WIDE + GAP), GAP))
    return sheet.quantize(32)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
