"""An item of an inspection pack goes with its case, and its files' bytes; the digest stays."""

import pytest

from services.casework.engine.audit_checks import check_chain
from services.casework.inspection_packs.access import cases_gone
from services.casework.inspection_packs.file_made import open_pack_file
from services.casework.inspection_packs.sending import record_pack_sent
from services.database.inspection import pack_files
from services.domain.errors import RuleBroken
from services.domain.inspection import InspectionQuestion
from tests.desk import Desk
from tests.inspection_packs import LAST, MANAGER, a_sending, approved, done, pack_now
from tests.retained import LATER, closed_unreviewed, dispose_of
from tests.world import make_world


def test_an_item_goes_with_its_case_and_the_bytes_of_the_files_and_nothing_else(app_engine):
    case = closed_unreviewed(make_world(app_engine))
    world, reference = case.world, case.row().reference
    asked = {"asked": (InspectionQuestion.TIMELINESS, InspectionQuestion.DECISIONS)}
    pack = approved(world, first=LAST.replace(year=2025), **asked)
    apart = approved(world, asked=(InspectionQuestion.AUDIT,))
    before = pack_now(world, pack)
    assert reference in {one.said.reference for one in before.items}
    dispose_of(case)
    after = pack_now(world, pack, when=LATER)
    assert {one.said.reference for one in after.items} == {""}
    with world.act(MANAGER, LATER) as work:
        assert cases_gone(work, after) == 1
        (file, *_rest) = pack_files(work.session, pack)
        assert (len(file.sha256), file.content) == (64, b"")
        with pytest.raises(RuleBroken, match="went with the record"):
            open_pack_file(work, file.id)
        kept = pack_files(work.session, apart)[0]
        assert open_pack_file(work, kept.id)[2]
    with pytest.raises(RuleBroken, match="disposed of since"):
        done(world, record_pack_sent, pack, a_sending(), when=LATER)
    assert list(check_chain(Desk(world), world.ours.partnership_id).findings) == []
