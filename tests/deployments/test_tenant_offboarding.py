"""A partnership leaves: exported, disposed of but for what is held, and certified."""

from dataclasses import dataclass
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

from deployments.tenant_offboarding import taken_out
from services.casework.administration.offboarding import CHANGED, dispose_of_every_record
from services.casework.administration.offboarding_decision import (
    NO_ROLE,
    NOT_DECIDED,
    Offboarding,
    decided_offboarding,
)
from services.casework.named_person import NamedPerson
from services.casework.retention.holds import hold_case, release_hold
from services.casework.retention.reviews import KeepLonger, keep_longer
from services.casework.retention.schedules import (
    AnswerSchedule,
    ProposeLeaving,
    answer_schedule,
    propose_leaving,
)
from services.casework.steps.referral import referral
from services.database import audit
from services.domain.audit import INSTALLATION
from services.domain.errors import AnswerRefused, NotFound, NotPermitted, RuleBroken
from services.domain.export_verifier import MANIFEST, sha256_of
from services.domain.roles import Actor, Role
from tests import factories
from tests.deployments.test_tenant_export import rows, verified
from tests.desk import Desk
from tests.driven import Driven
from tests.paper_text import text_of
from tests.retained import CONTACT, HOLD, MANAGER, RELEASE, adopt_years, closed_unreviewed
from tests.world import World, make_world

LEAVES = ProposeLeaving(reasons="The county keeps its records.", agreed="The executive")
KEPT = KeepLonger(review_on=date(2080, 1, 1), reasons="A sibling may ask.")
ADMINISTERS = text(
    "insert into memberships (tenant_id, id, person_id, role, authority, decides, accountable_to,"
    " from_on) values (:of, gen_random_uuid(), :person, 'platform_administrator', '', '', '',"
    " '2026-01-01')"
)
WHEN = "2026-12-01"


@dataclass
class Leaving:
    """A partnership with a case that may go, one that is held, one kept longer, and an open one."""

    world: World
    platform: Actor
    hold: UUID
    gone: str
    held: str
    kept: str
    open: str

    @property
    def desk(self) -> Desk:
        return Desk(self.world)

    def decided(self, by: Actor | None = None) -> Offboarding:
        whose = self.world.ours.partnership_id
        return decided_offboarding(self.desk, whose, by or self.platform)

    def run(self, folder: Path | None) -> list[str]:
        """Take it out as the command does, by somebody of the other partnership."""
        by, whose = self.world.theirs.email(MANAGER), NamedPerson(self.world.ours.code, "")
        return list(taken_out(self.desk, by, whose, folder, leaves=True))

    def left(self) -> set[str]:
        """Return the references of the cases that are on record still."""
        with self.world.act(MANAGER, WHEN) as work:
            return set(work.session.execute(text("select reference from cases")).scalars())

    def newest(self, what: str) -> dict[str, object]:
        """Return the newest link of the chain that tells of this."""
        with self.world.act(CONTACT, WHEN) as work:
            links = audit.all_links(work.session, up_to=audit.last_number(work.session))
            return [one.body for one in links if one.body["what"] == what][-1]


def of_the_platform(actor: Actor) -> Actor:
    role = Role.PLATFORM_ADMINISTRATOR
    return Actor(person_id=actor.person_id, partnership_id=INSTALLATION, role=role)


def decide_to_leave(world: World, when: str = WHEN) -> None:
    """Have one person propose that the partnership leaves, and another adopt it."""
    with world.act(MANAGER, when) as work:
        proposal = propose_leaving(work, LEAVES)
    with world.act(CONTACT, when) as work:
        answer_schedule(work, proposal, AnswerSchedule(is_approved=True))


@pytest.fixture
def stage(app_engine, admin_engine) -> Leaving:
    world = make_world(app_engine)
    platform = of_the_platform(world.theirs.actor(MANAGER))
    with admin_engine.begin() as link:
        link.execute(ADMINISTERS, {"of": INSTALLATION, "person": platform.person_id})
    with world.act(world.theirs.actor(MANAGER)) as work:
        referral.refer(work, factories.refer())
    gone, held, kept = (closed_unreviewed(world) for _ in range(3))
    Desk(world).carry(gone.case_id)
    with world.act(MANAGER, WHEN) as work:
        hold = hold_case(work, held.case_id, HOLD).id
    adopt_years(world)
    references = (one.row().reference for one in (gone, held, kept, Driven(world)))
    stage = Leaving(world, platform, hold, *references)
    with pytest.raises(RuleBroken, match=NOT_DECIDED):
        stage.decided()
    decide_to_leave(world)
    with world.act(MANAGER, WHEN) as work:
        keep_longer(work, kept.case_id, KEPT)
    return stage


def cases_of(admin: Engine, world: World) -> int:
    asked = text("select count(*) from cases where tenant_id = :theirs")
    with admin.connect() as link:
        return link.execute(asked, {"theirs": world.theirs.partnership_id}).scalar_one()


def test_a_partnership_leaves_with_an_export_and_a_certificate(stage, admin_engine, tmp_path):
    first, second = tmp_path / "first", tmp_path / "second"
    told = stage.run(first)
    assert verified(first)[0] == 0
    references = {stage.gone, stage.held, stage.kept, stage.open}
    assert {one["reference"] for one in rows(first, "cases")} == references
    assert stage.left() == references - {stage.gone}
    assert f"stays: {stage.held}, held for an inquest" in told
    certificate = tmp_path / "first-certificate.pdf"
    assert certificate.stat().st_mode & 0o777 == 0o600
    assert stage.newest("offboarded")["digest"] == sha256_of(certificate)
    paper = text_of(certificate.read_bytes())
    digest = stage.newest("case_disposed")["digest"]
    whys = ("the case is open", "held for an inquest", "kept longer, until 1 January 2080")
    for words in (sha256_of(first / MANIFEST), digest, *references, *whys):
        assert words in paper, words
    assert "No record of a case is left" not in paper
    for folder, said in ((first, "choose another folder"), (None, "Say --to")):
        with pytest.raises(AnswerRefused, match=said):
            stage.run(folder)

    with stage.world.act(MANAGER, WHEN) as work:
        release_hold(work, stage.hold, RELEASE)
    stage.run(second)
    assert stage.left() == {stage.kept, stage.open}
    paper = text_of((tmp_path / "second-certificate.pdf").read_bytes())
    assert sha256_of(first / MANIFEST) in paper, "what went first lies in the first export alone"
    assert sha256_of(second / MANIFEST) in paper
    assert cases_of(admin_engine, stage.world) == 1


def test_a_code_that_no_partnership_has_is_said_to_be_none(stage, tmp_path):
    by = stage.world.theirs.email(MANAGER)
    for leaves, asks in ((True, ""), (False, by)):
        named = NamedPerson(f"{stage.world.ours.code.lower()}x", asks)
        with pytest.raises(NotFound, match="no partnership of the code"):
            list(taken_out(stage.desk, by, named, tmp_path / "x", leaves=leaves))
    assert not (tmp_path / "x").exists()


def test_nothing_goes_without_its_export_or_by_whom_nobody_asked(stage, admin_engine):
    world = stage.world
    for role in (MANAGER, CONTACT):
        with pytest.raises(NotPermitted, match="Another person"):
            stage.decided(of_the_platform(world.ours.actor(role)))
    with pytest.raises(NotPermitted):
        stage.decided(world.ours.actor(MANAGER))
    stays = dispose_of_every_record(stage.desk, stage.decided(), 0)
    assert [one.because for one in stays if one.reference == stage.gone] == [CHANGED]
    assert len(stage.left()) == len(stays)
    adopt_years(world, "2026-12-02")
    with pytest.raises(RuleBroken, match=NOT_DECIDED):
        stage.decided()
    decide_to_leave(world, "2026-12-03")
    ended = text("update memberships set to_on = '2026-01-02' where person_id = :person")
    with admin_engine.begin() as link:
        link.execute(ended, {"person": world.ours.actor(CONTACT).person_id})
    with pytest.raises(RuleBroken, match=NO_ROLE):
        stage.decided()
