"""What a page says to whoever reads it by program: its forms, its choices, its errors, its text."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import Final

EMPTY: Final = frozenset({"br", "hr", "img", "input", "link", "meta", "wbr"})
UNSEEN: Final = frozenset({"script", "style", "head"})


@dataclass(slots=True)
class Choice:
    """One answer of a question that may be chosen: its value, and the label people read."""

    name: str
    value: str
    label: str = ""


@dataclass(slots=True)
class Form:
    """One form of a page: where it goes, what it carries by itself, what it asks."""

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    choices: list[Choice] = field(default_factory=list)

    def chosen(self, name: str, label: str) -> str:
        """Return the value of the choice with this label, as a person would find it."""
        offered = [one for one in self.choices if one.name == name]
        fitting = [one for one in offered if one.label == label]
        fitting = fitting or [one for one in offered if label in one.label]
        if len(fitting) != 1:
            labels = "; ".join(one.label for one in offered) or "nothing"
            raise LookupError(f"“{label}” is not one choice of “{name}”, which offers: {labels}.")
        return fitting[0].value


@dataclass(slots=True)
class Page:
    """A page as it was answered: its forms, the text people see, the errors by field."""

    forms: list[Form] = field(default_factory=list)
    text: str = ""
    errors: dict[str, str] = field(default_factory=dict)

    def form_to(self, action: str) -> Form:
        """Return the form that is sent to this address."""
        for form in self.forms:
            if form.action == action:
                return form
        found = ", ".join(form.action for form in self.forms)
        raise LookupError(f"The page has no form to {action}; it has: {found}.")


def read(html: str) -> Page:
    """Read the page."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.page()


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self._forms: list[Form] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._labels: dict[str, str] = {}
        self._by_id: dict[str, Choice] = {}
        self._errors: dict[str, str] = {}
        self._summary: list[str] = []
        self._text: list[str] = []

    def page(self) -> Page:
        """Return what was read, with every choice under its label."""
        for own_id, choice in self._by_id.items():
            choice.label = _plain(self._labels.get(own_id, ""))
        errors = {name: _plain(text) for name, text in self._errors.items()}
        if summary := _plain(" ".join(self._summary)):
            errors[""] = summary
        return Page(self._forms, _plain(" ".join(self._text)), errors)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the tag opens or asks."""
        told = {name: value or "" for name, value in attrs}
        if tag == "form":
            self._forms.append(Form(told.get("action", "")))
        elif tag in {"input", "textarea", "select"} and self._is_in("form"):
            self._field(told)
        elif tag == "option" and self._is_in("select"):
            self._option(told)
        if tag not in EMPTY:
            self._open.append((tag, told))

    def handle_endtag(self, tag: str) -> None:
        """Close the tag, and whatever was left open in it."""
        while any(name == tag for name, _ in self._open):
            if self._open.pop()[0] == tag:
                return

    def handle_data(self, data: str) -> None:
        """Keep text for whatever it labels, explains or says."""
        if any(tag in UNSEEN for tag, _ in self._open):
            return
        self._text.append(data)
        for tag, told in self._open:
            if tag == "label" and "for" in told:
                self._labels[told["for"]] = self._labels.get(told["for"], "") + data
            own_id = told.get("id", "")
            if own_id.endswith("-error") and "govuk-error-message" in told.get("class", ""):
                name = own_id.removesuffix("-error")
                self._errors[name] = self._errors.get(name, "") + data
            if "govuk-error-summary__list" in told.get("class", ""):
                self._summary.append(data)

    def _field(self, told: dict[str, str]) -> None:
        form, name, value = self._forms[-1], told.get("name", ""), told.get("value", "")
        kind = told.get("type", "text")
        if not name:
            return
        if kind == "hidden":
            form.hidden[name] = value
            return
        form.names.add(name)
        if kind in {"radio", "checkbox"}:
            choice = Choice(name, value)
            form.choices.append(choice)
            self._by_id[told.get("id", f"{name} {value}")] = choice

    def _option(self, told: dict[str, str]) -> None:
        select = next(told for tag, told in reversed(self._open) if tag == "select")
        value = told.get("value", "")
        self._forms[-1].choices.append(Choice(select.get("name", ""), value, value))

    def _is_in(self, tag: str) -> bool:
        return any(name == tag for name, _ in self._open)


def _plain(text: str) -> str:
    return " ".join(text.split()).removeprefix("Error: ")
