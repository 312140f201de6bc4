"""The section on learning that a yearly report tells, as a page and as a file (EMB-10, EMB-11)."""

from typing import Annotated, Final

from fastapi import APIRouter, Request, Response

from services.casework.partnership_learning.yearly_paper import MEDIA, as_file, section_worded
from services.casework.partnership_learning.yearly_report import report_years, yearly_report
from services.casework.partnership_learning.yearly_told import introduced, left_out
from services.domain.errors import NotFound
from services.domain.roles import Permission
from services.storage.file_names import disposition
from services.web.dependencies import Transactions, requires_for_each
from services.web.learning_door import Reader
from services.web.path_ids import number_told
from services.web.rendering import page
from services.web.view_models.yearly_report import parts_shown

router = APIRouter(prefix="/yearly-report")
YEAR_DIGITS: Final = 4
Downloader = Annotated[Transactions, requires_for_each(Permission.RUN_LEARNING)]


@router.get("")
def show_report(request: Request, work: Reader, year: str = "") -> Response:
    """Show the section on one year, and of which other years there is one."""
    report = yearly_report(work, _starting(year))
    return page(
        request,
        "pages/yearly_report.html",
        report=report,
        introduced=introduced(report),
        parts=parts_shown(report),
        left_out=left_out(report),
        years=report_years(work),
        may_download=work.actor.may(Permission.RUN_LEARNING),
    )


def _serve(extension: str) -> None:
    def download(transaction: Downloader, year: str = "") -> Response:
        """Send the section on one year as a file; it is made with no transaction open."""
        with transaction() as work:
            report = yearly_report(work, _starting(year))
            section = section_worded(report)
        name = f"learning-{report.year.starting}.{extension}"
        headers = {"content-disposition": disposition(name)}
        content = as_file(section, report.made_on, extension)
        return Response(content, media_type=MEDIA[extension], headers=headers)

    router.get(f"/section.{extension}", name=f"yearly report {extension}")(download)


for _extension in MEDIA:
    _serve(_extension)


def _starting(year: str) -> int | None:
    """Return the year that the address names, or none for the last that ended."""
    if not year:
        return None
    starting = number_told(year, YEAR_DIGITS)
    if starting is None:
        raise NotFound("There is no report on that year.")
    return starting
