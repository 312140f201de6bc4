"""How an email is written from its template and the few words that may be in one."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from datetime import date
from pathlib import Path
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined, select_autoescape

from services.domain.cited import plainly
from services.domain.emails import EmailMatter
from services.domain.labels import label
from services.domain.labels.cited_templates import template_without_rules
from services.domain.labels.own_words import in_own_words, template_in_own_words
from services.domain.plain_dates import weekday_day_month_year
from services.domain.todos import Todo
from services.mail import Email

EMAILS = Path(__file__).parent / "emails"
_REFERENCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9/\-]{2,39}")
_LINK = re.compile(r"https?://[A-Za-z0-9.:\[\]\-]+(?:/[A-Za-z0-9._~/\-]*)?")
_ANCHOR = re.compile(r"[0-9]+ [0-9a-f]{64} [0-9TZ:.\-]+")
_CODE = re.compile(r"[0-9]{8}")
_TELEPHONE = re.compile(r"\+?[0-9][0-9 ()-]{4,28}[0-9]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """One email that goes with a digest: its subject, and where it leads."""

    said: str
    link: str = ""

    def __post_init__(self) -> None:
        if self.link and not _LINK.fullmatch(self.link):
            raise ValueError("A link is a plain address of a page, without a query.")
        if not self.said or _CONTROLS.search(self.said):
            raise ValueError("A subject is one line of text.")


@dataclass(frozen=True, slots=True, kw_only=True)
class EmailContent:
    """The only words that an email may hold besides those of its template.

    A national body has no account, so it gets no link. A guest has none either: the link that they
    get is a one-time address, and the code is the whole of another email. ``is_unnamed`` says of a
    report that the repository publishes it without the partnership's name (PUB-27). ``step`` names
    what is to be done, in the fixed words of its code. ``is_past`` says that the day had passed
    when the email was ordered.
    """

    reference: str
    partnership: str
    link: str
    due: date | None = None
    is_past: bool = False
    role: str = ""
    agency: str = ""
    what: EmailMatter | None = None
    anchor: str = ""
    code: str = field(default="", repr=False)
    is_guest: bool = False
    is_unnamed: bool = False
    telephone: str = ""
    step: Todo | None = None
    items: tuple[DigestItem, ...] = ()

    def __post_init__(self) -> None:
        if not _REFERENCE.fullmatch(self.reference):
            raise ValueError("A case reference is letters, figures and hyphens.")
        if self.link and not (_LINK.fullmatch(self.link) and urlsplit(self.link).hostname):
            raise ValueError("A link is a plain address of a page, without a query.")
        if self.anchor and not _ANCHOR.fullmatch(self.anchor):
            raise ValueError("An anchor line is a number, a hash and a moment.")
        if self.code and not _CODE.fullmatch(self.code):
            raise ValueError("A code is eight digits.")
        if self.telephone and not _TELEPHONE.fullmatch(self.telephone):
            raise ValueError("A telephone is figures, spaces, brackets and hyphens.")
        for text in (self.partnership, self.role, self.agency):
            if _CONTROLS.search(text) or len(text) > 120:
                raise ValueError("A name in an email is one line of at most 120 characters.")


def source_of(template: str) -> str | None:
    """Return a template's text; the two bodies of an email are one text in two frames."""
    name, _, form = template.partition("/body.")
    path = EMAILS / name / "body.jinja" if form else EMAILS / template
    if not path.is_file():
        return None
    said = template_without_rules(template_in_own_words(path.read_text()))
    return f'{{% extends "frame.{form}" %}}\n{said}' if form else said


_templates = Environment(
    loader=FunctionLoader(source_of),
    autoescape=select_autoescape(("html",)),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
    keep_trailing_newline=False,
)
_templates.filters["day"] = weekday_day_month_year
_templates.globals["in_own_words"] = in_own_words
_templates.globals["plainly"] = plainly
_templates.tests["own_step"] = lambda what: what == label(EmailMatter.STEP_OF_OUR_OWN)


def write(name: str, words: EmailContent, recipient: str, sender: str, message_id: str) -> Email:
    """Write the email of that name; the same words always make the same email."""
    given = {one.name: getattr(words, one.name) for one in fields(words)}
    given["what"] = label(words.what) if words.what else ""
    given["step"] = label(words.step) if words.step else ""
    return Email(
        message_id=message_id,
        sender=sender,
        recipient=recipient,
        subject=" ".join(_rendered(f"{name}/subject.txt", given).split()),
        body_text=_rendered(f"{name}/body.txt", given).strip() + "\n",
        body_html=_rendered(f"{name}/body.html", given).strip() + "\n",
    )


def _rendered(template: str, given: Mapping[str, object]) -> str:
    return _templates.get_template(template).render(given)
