"""Pages of gate G9: the draft report and its quality assurance."""

from services.casework.steps.local_review import draft_report, quality_assurance
from services.web.act_pages.act_page import ActPage

PAGES = (
    ActPage(
        act=draft_report.SUBMIT_DRAFT,
        path="report/draft",
        title="Submit the draft report",
        button="Submit this version",
        done="The draft report is submitted.",
    ),
    ActPage(
        act=quality_assurance.QUALITY_ASSURE,
        path="report/quality",
        title="Quality-assure the draft report",
        button="Record the result",
        done="The result is recorded.",
    ),
)
