"""How a page is made from its template, and how dates and words are written on it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import Final
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import (
    Environment,
    FileSystemLoader,
    PackageLoader,
    PrefixLoader,
    StrictUndefined,
)
from markupsafe import Markup

from services.casework.accounts.who_is import SignedIn
from services.domain.plain_dates import date_and_time, time_of_day, weekday_day_month_year
from services.web.app_state import site_of
from services.web.case_places import case_places
from services.web.forms.refilling import fits_nowhere, refilled
from services.web.forms.rendering import ShownForm
from services.web.help_shown import help_here
from services.web.kept_forms import AGAIN, KEPT_QUERY, LATER, KeptForm, address_here, saves_itself
from services.web.saying import CALLED, FILTERS, source_said
from services.web.static_files import static_address

TEMPLATES: Final = Path(__file__).parent / "templates"
COMPONENTS: Final = (
    "back-link",
    "breadcrumbs",
    "button",
    "checkboxes",
    "date-input",
    "details",
    "error-message",
    "error-summary",
    "file-upload",
    "generic-header",
    "input",
    "inset-text",
    "notification-banner",
    "pagination",
    "password-input",
    "radios",
    "select",
    "service-navigation",
    "skip-link",
    "summary-list",
    "table",
    "tag",
    "task-list",
    "textarea",
    "warning-text",
)


@dataclass(frozen=True, slots=True)
class SessionEnd:
    """When a session ends that is not used: at which time of day, and in how many seconds."""

    at: str
    seconds: int


class _PageTemplates(FileSystemLoader):
    """The templates: each says a body by its reader's word (E-10), and keeps rules apart (0129)."""

    def get_source(
        self, environment: Environment, template: str
    ) -> tuple[str, str, Callable[[], bool]]:
        """Return the template with its own words marked as such."""
        source, path, is_current = super().get_source(environment, template)
        return source_said(source), path, is_current


@cache
def pages() -> Environment:
    """Return the environment of every page; in ours an undefined name is an error.

    GOV.UK's macros ask for many names that are not given, so they live in an environment of
    their own and are handed to our templates as ready functions.
    """
    environment = Environment(
        loader=_PageTemplates(TEMPLATES),
        autoescape=True,
        auto_reload=False,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= govuk_components()
    environment.globals |= CALLED
    environment.globals |= {"case_places": case_places, "static_address": static_address}
    environment.filters |= {
        **FILTERS,
        "day": weekday_day_month_year,
        "moment": date_and_time,
        "listed": listed,
        "size": size,
    }
    return environment


def compile_all() -> int:
    """Compile every template, so that a broken one stops the start and not a person."""
    return len([pages().get_template(name) for name in pages().list_templates()])


def page(request: Request, template: str, status: int = 200, **context: object) -> HTMLResponse:
    """Return the page; who is signed in comes from the request, everything else is given."""
    request.state.is_refused = status >= 400
    everywhere: dict[str, object] = {
        "kept": None,
        "sent_before": AGAIN in request.query_params,
        "keeps": f"{quote(address_here(request))}{LATER}" if saves_itself(request) else "",
        "follows": getattr(request.state, "follows", None) or "",
        "known": getattr(request.state, "known", None),
        "ends": session_end(request),
        "here": quote(request.url.path),
        "csrf": getattr(request.state, "csrf", ""),
        "shown_at": partial(shown_at, request),
        "help_here": partial(help_here, request),
        "is_read": status != 503,
    }
    told = {**everywhere, **_with_what_was_kept(request, context)}
    html = pages().get_template(template).render(told)
    return HTMLResponse(html, status_code=status)


def shown_at(request: Request) -> str:
    """Return the moment as of which a page is true, which stands on it once it is printed."""
    return date_and_time(site_of(request).neighbours.now())


def session_end(request: Request) -> SessionEnd | None:
    """Return when the session ends if its person does nothing more, by the clock on the wall."""
    known: SignedIn | None = getattr(request.state, "known", None)
    if known is None or known.session is None:
        return None
    left = known.session.ends_in
    at = site_of(request).neighbours.now() + left
    return SessionEnd(time_of_day(at), max(0, int(left.total_seconds())))


def _with_what_was_kept(request: Request, context: Mapping[str, object]) -> Mapping[str, object]:
    """Return the page with the answers of a form that came too late, if its address asks for it."""
    kept: KeptForm | None = getattr(request.state, "kept", None)
    if kept is None:
        return context
    form = context.get("form")
    shown = form if isinstance(form, ShownForm) else None
    told: dict[str, object] = {"kept": kept, "left_over": fits_nowhere(shown, kept.posted)}
    told |= {"follows": kept.key or "", "discards": kept.discards}
    told["here"] = f"{quote(request.url.path)}{KEPT_QUERY}"
    if shown is not None:
        told["form"] = refilled(shown, kept.posted)
    return {**context, **told}


def govuk_components() -> Mapping[str, Callable[..., Markup]]:
    """Return GOV.UK's macros by the names GOV.UK gives them, such as govukButton."""
    theirs = Environment(
        loader=PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")}),
        autoescape=True,
        auto_reload=False,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    macros = {}
    for component in COMPONENTS:
        name = "govuk" + component.title().replace("-", "")
        found = theirs.get_template(f"govuk_frontend_jinja/components/{component}/macro.html")
        macros[name] = getattr(found.module, name)
    return macros


def listed(parts: Iterable[object]) -> str:
    """Return the parts as a sentence lists them: one, two and three."""
    words = [str(part) for part in parts]
    return " and ".join([", ".join(words[:-1]), words[-1]]) if len(words) > 1 else "".join(words)


def size(count: int) -> str:
    """Return a file's size as people say it."""
    if count < 1_000_000:
        return f"{max(1, round(count / 1000))} KB"
    return f"{count / 1_000_000:.1f} MB"
