"""The parts of the yearly report's section as its page shows them: those of its papers (EMB-10)."""

from dataclasses import dataclass

from markupsafe import Markup

from services.casework.partnership_learning.yearly_report import YearlyReport
from services.casework.partnership_learning.yearly_told import parts_of
from services.domain.paper_parts import PaperSection


@dataclass(frozen=True, slots=True)
class PartShown:
    """One part, and its picture if it has one."""

    part: PaperSection
    picture: Markup | None


def parts_shown(report: YearlyReport) -> list[PartShown]:
    """Return the parts in their order."""
    return [PartShown(one, _picture(one)) for one in parts_of(report)]


def _picture(part: PaperSection) -> Markup | None:
    # Every word in it is escaped where it is drawn.
    return None if part.drawing is None else Markup(part.drawing.svg)  # noqa: S704
