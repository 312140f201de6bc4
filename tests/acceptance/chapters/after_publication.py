"""A published report: taken down by all partners, published again with notice, redacted at once."""

import io
from typing import Final

import pikepdf

from services.domain.dispatches import Notice
from services.domain.documents import DocumentKind
from services.domain.emails import EmailTrigger
from services.domain.labels import label
from services.domain.plain_text import capital
from tests.acceptance.answers import File, Labelled
from tests.acceptance.chapters import dispatches
from tests.acceptance.chapters.signing import all_sign
from tests.acceptance.dates import day
from tests.acceptance.errors import JourneyStopped
from tests.acceptance.expectations import Expected, Refusal
from tests.acceptance.story import Story

CHANGED: Final = "The changed report"
_NEEDED: Final = Expected(emails=(EmailTrigger.SIGN_OFF_NEEDED,))
_LETTER: Final = DocumentKind.REPOSITORY_LETTER


def is_not_pursued(story: Story) -> None:
    """A first proposal is dropped: the report stays where it is."""
    story.does("manager", "propose_taking_down", expected=_NEEDED)
    story.does("manager", "drop_published_proposal")


def is_taken_down(story: Story, on: str) -> None:
    """All partners agree, improvements stand in its place, and bodies and repository are told."""
    done = {"taken_down_on": day(on)}
    story.does("manager", "propose_taking_down", expected=_NEEDED)
    waits = Refusal(says="Every partner agrees first", status=409)
    story.is_refused("manager", "take_down", done, waits)
    in_place = Expected(documents=(DocumentKind.IMPROVEMENTS_IN_PLACE,))
    all_sign(story, "sign_taking_down", in_place)
    papers = (DocumentKind.TAKEN_DOWN_NOTICE, _LETTER)
    story.does("manager", "take_down", done, Expected(documents=papers))
    _confirm(story, Notice.REPORT_TAKEN_DOWN)
    _confirm(story, Notice.REPOSITORY_TOLD)
    story.shows("manager", "", "taken down by the partners' decision")


def is_to_be_published_again(story: Story, on: str, send_by: str) -> None:
    """All partners agree to the day, and the full text goes to the three bodies before it (K12)."""
    put = Expected(starts={"K12": send_by}, emails=(EmailTrigger.SIGN_OFF_NEEDED,))
    story.does("manager", "propose_reissue", {"publish_on": day(on)}, put)
    notice = DocumentKind.REISSUE_NOTICE
    all_sign(story, "sign_taking_down", Expected(documents=(notice,)))
    unsent = Refusal(says="goes to the Panel, Ofsted", status=409)
    story.is_refused("manager", "reissue", {"published_on": day(on)}, unsent)
    dispatches.read(story, DocumentKind.PUBLISHED_REPORT)
    _confirm(story, Notice.REISSUE_PRE_SENT, {"K12": "early"})


def is_published_again(story: Story, on: str) -> None:
    """It is public again, and the days on which it was away are shown (K13)."""
    told = Expected(documents=(_LETTER,), emails=(EmailTrigger.REPORT_PUBLISHED,))
    story.does("manager", "reissue", {"published_on": day(on)}, told)
    _confirm(story, Notice.REPOSITORY_TOLD)
    story.shows("manager", "", "The year counts from the first day.")


def is_redacted(story: Story, on: str) -> None:
    """A page is left out at once; the changed text goes to the three bodies the same day."""
    made = [one for one in story.connections.database.documents(story.case) if one.form == "pdf"]
    published = next(one for one in made if one.kind == DocumentKind.PUBLISHED_REPORT)
    content = story.browser("manager").fetch(f"/cases/{story.case}/documents/{published.id}")
    file = File("changed.pdf", "application/pdf", _without_last_page(content))
    added = Expected(documents=(DocumentKind.UPLOAD,))
    story.does("manager", "add_file", {"title": CHANGED, "file": file}, added)
    redacted = {"file": Labelled(CHANGED), "replaced_on": day(on)}
    story.is_refused("manager", "redact_published", redacted, Refusal(field="file", says="checked"))
    story.does("manager", "check_report", {"file": Labelled(CHANGED)})
    notice = DocumentKind.REDACTION_NOTICE
    papers = Expected(documents=(notice, _LETTER))
    story.does("manager", "redact_published", redacted, papers)
    dispatches.read(story, DocumentKind.UPLOAD)
    _confirm(story, Notice.REPORT_REDACTED)
    _confirm(story, Notice.REPOSITORY_TOLD)
    story.shows("manager", "", "our reading [inf]")


def _confirm(story: Story, notice: Notice, meets: dict[str, str] | None = None) -> None:
    """The business manager opens what goes, and confirms that it may be attached."""
    letter, email = notice.rule.letter, notice.rule.email
    if letter is None or email is None:
        raise JourneyStopped(f"{notice} is no letter that is attached.")
    dispatches.read(story, letter)
    named = f"{capital(label(notice))}, to"
    expected = Expected(meets=meets or {}, emails=(email,))
    story.does("manager", "confirm_dispatch", {"dispatch": Labelled(named)}, expected)


def _without_last_page(content: bytes) -> bytes:
    """Return the report without its last page, as a file of its own."""
    written = io.BytesIO()
    with pikepdf.open(io.BytesIO(content)) as pdf:
        del pdf.pages[-1]
        pdf.save(written)
    return written.getvalue()
