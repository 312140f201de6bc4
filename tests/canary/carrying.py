"""People carry cases by every act of the product, and every text that they say holds a canary."""

from uuid import uuid4

from sqlalchemy import Engine

from services.casework.provisioning import provision
from services.casework.steps import file_checks, uploads
from services.domain.roles import Role
from tests.canary.files import files
from tests.canary.planting import Planted, Planter, drive
from tests.desk import Desk
from tests.driven import Driven
from tests.papers_when_read import set_at_once
from tests.roads import ROADS
from tests.servers import QUICK_PASSWORDS
from tests.world import Side, World

FILED = "2025-12-13 12:00"


def found(founder: Engine, engine: Engine) -> World:
    """Put two partnerships on record whose people no other world has; papers are set for them."""
    codes = (uuid4().hex[:6].upper() for _ in range(2))
    world = World(engine, *(Side(code, f"{code.lower()}.example") for code in codes))
    for side in (world.ours, world.theirs):
        provision(founder, side.founding(), QUICK_PASSWORDS)
    return set_at_once(world)


def carry_by_every_road(world: World, planter: Planter) -> list[Driven]:
    """Carry a case along every road; return them, first the one that came to its end."""
    cases = [road(world, drive(planter)) for road in ROADS]
    last = Planted(world, planter)
    last.conflict("2025-12-15")
    return [*cases, last]


def add_files(desk: Desk, case: Driven, planter: Planter) -> None:
    """Add a file of each kind to the case, with canaries wherever it can hide words."""
    for name, content in files(planter.marks).items():
        upload = file_checks.store_upload(desk, desk.world.ours.partnership_id, (name, content))
        command = planter.plant(uploads.AddFile(title="A file"))
        with desk.world.act(Role.BUSINESS_MANAGER, FILED) as work:
            uploads.add_file(work, case.case_id, command, upload)
