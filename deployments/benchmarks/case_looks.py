"""What a manager looks at on the pages of a case, for the benchmark of row-level security."""

from collections.abc import Callable, Mapping
from typing import Final

from sqlalchemy import text
from sqlmodel import col, select

from deployments.benchmarks.many_cases import Many
from deployments.demo.partnerships import NORTHMOOR, SALTMARSH, Place
from services.casework.access.cases import cases_seen, open_case
from services.casework.access.shown_cases import open_shown_case
from services.database.documents import Document
from services.database.unit_of_work import UnitOfWork
from services.domain.identifiers import CaseId
from services.domain.viewings import Viewed
from services.web.view_models.case import case_view
from services.web.view_models.shown_case import shown_case_view

Look = Callable[[UnitOfWork], object]
Looks = Mapping[str, tuple[Place, Look]]
OWN: Final = "case page"
JOINT: Final = "case page, of a joint review"
OTHERS: Final = "case page, shown by another"


def own_looks(many: Many) -> Looks:
    """Return what our manager looks at in a case that stays alone."""
    newest = select(Document).order_by(col(Document.made_at).desc()).limit(50)
    of_case = newest.where(Document.case_id == many.alone)
    counted = text("select count(*) from documents where tenant_id = :own")
    own = {"own": NORTHMOOR.partnership_id}
    looks: dict[str, Look] = {
        OWN: _page(CaseId(many.alone)),
        "list of cases": cases_seen,
        "50 newest documents of a case": lambda work: work.session.exec(of_case).all(),
        "50 newest documents of ours": lambda work: work.session.exec(newest).all(),
        "count of our documents": lambda work: work.session.execute(counted, own).scalar_one(),
    }
    return {name: (NORTHMOOR, look) for name, look in looks.items()}


def joint_page(many: Many) -> Looks:
    """Return the page of our case that is in a joint review."""
    return {JOINT: (NORTHMOOR, _page(CaseId(many.joint)))}


def shown_page(many: Many) -> Looks:
    """Return the page on which the other partnership reads that case."""
    return {OTHERS: (SALTMARSH, _shown(CaseId(many.joint)))}


def _page(case_id: CaseId) -> Look:
    return lambda work: case_view(work, open_case(work, case_id, Viewed.CASE))


def _shown(case_id: CaseId) -> Look:
    return lambda work: shown_case_view(work, open_shown_case(work, case_id), work.today)
