"""An HTML page as the driver reads it: its forms with their choices, its errors, links, text."""

from dataclasses import dataclass, field

from bs4 import BeautifulSoup, Tag

DISCARDS = "keep=discard"  # of what was typed before, in a form beside the one that asks
CHOSEN_BY_CLICK = {"radio", "checkbox"}


@dataclass(slots=True)
class Choice:
    """One radio button, checkbox or option: the value it posts and the label people read."""

    name: str
    value: str
    label: str


@dataclass(slots=True)
class Form:
    """One form of a page: its address, its hidden fields, the names of the fields people fill in.

    The names of a field that is chosen, not typed, are those of its choices. ``answers`` is what
    stands in the fields already: typed, or chosen.
    """

    action: str
    hidden: dict[str, str] = field(default_factory=dict)
    names: set[str] = field(default_factory=set)
    choices: list[Choice] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)

    def value_labelled(self, name: str, label: str) -> str:
        """Return the value of the choice with this label, or with the only label that holds it."""
        offered = [choice for choice in self.choices if choice.name == name]
        fitting = [choice for choice in offered if choice.label == label]
        fitting = fitting or [choice for choice in offered if label in choice.label]
        if len(fitting) != 1:
            labels = "; ".join(choice.label for choice in offered) or "nothing"
            raise LookupError(f"“{label}” is not one choice of “{name}”, which offers: {labels}.")
        return fitting[0].value

    def first_value(self, name: str) -> str:
        """Return the value of the first choice that the field offers."""
        for choice in self.choices:
            if choice.name == name and choice.value:
                return choice.value
        raise LookupError(f"“{name}” offers no choice.")

    def values_of(self, name: str) -> set[str]:
        """Return the values that may be chosen for this field; none where it is typed."""
        return {choice.value for choice in self.choices if choice.name == name}


@dataclass(slots=True)
class Page:
    """A page: its forms that post, its text, its errors by their field, and where it links to.

    ``linked`` are the words of its links by where they lead.
    """

    forms: list[Form]
    text: str
    errors: dict[str, str]
    links: list[str] = field(default_factory=list)
    linked: dict[str, str] = field(default_factory=dict)

    def link_to(self, part: str, *words: str) -> str:
        """Return the one address with this part whose link says all of these words."""
        fitting = [
            address
            for address, said in self.linked.items()
            if part in address and all(one in said for one in words)
        ]
        if len(fitting) != 1:
            found = "; ".join(f"{said} ({address})" for address, said in self.linked.items())
            raise LookupError(f"Not one link to {part} says {words}; the page has: {found}.")
        return fitting[0]

    def form_at(self, path: str) -> Form:
        """Return the form of the page at this path, with whatever it says after a question mark.

        Raises:
            LookupError: the page has no such form.
        """
        for form in self.forms:
            if form.action.partition("?")[0] == path and DISCARDS not in form.action:
                return form
        found = ", ".join(form.action for form in self.forms)
        raise LookupError(f"The page has no form to {path}; it has: {found}.")

    def form_to(self, action: str) -> Form:
        """Return the form that posts to this very address, or else to it with more behind it.

        Raises:
            LookupError: the page has no such form.
        """
        very = next((form for form in self.forms if form.action == action), None)
        return very or self.form_at(action)


def parse_page(html: str) -> Page:
    """Parse the page."""
    soup = BeautifulSoup(html, "html.parser")
    for unseen in soup.select("script, style, head"):
        unseen.decompose()
    # A form that does not post only narrows a list.
    forms = [_form(form) for form in soup.select("form[method=post i]")]
    linked = {_attribute(link, "href"): _text(link) for link in soup.select("main a[href]")}
    links = [_attribute(link, "href") for link in soup.select("main a[href]")]
    return Page(forms, _text(soup), _errors(soup), links, linked)


def _form(tag: Tag) -> Form:
    form = Form(_attribute(tag, "action"))
    labels = {_attribute(label, "for"): _text(label) for label in tag.select("label[for]")}
    for asked in tag.select("input[name], textarea[name], select[name]"):
        name, kind = _attribute(asked, "name"), _attribute(asked, "type")
        if kind == "hidden":
            form.hidden[name] = _attribute(asked, "value")
            continue
        form.names.add(name)
        if kind in CHOSEN_BY_CLICK:
            label = labels.get(_attribute(asked, "id"), "")
            form.choices.append(Choice(name, _attribute(asked, "value"), label))
        for option in asked.select("option"):
            form.choices.append(Choice(name, _attribute(option, "value"), _text(option)))
        form.answers.setdefault(name, []).extend(_answers_in(asked, kind))
    return form


def _answers_in(asked: Tag, kind: str) -> list[str]:
    """Return what stands in a field; of a choice, whether it is made."""
    if asked.name == "select":
        return [_attribute(one, "value") for one in asked.select("option[selected]")]
    if asked.name == "textarea":
        return [asked.get_text().removeprefix("\n")]
    is_there = kind not in CHOSEN_BY_CLICK or asked.has_attr("checked")
    return [_attribute(asked, "value")] if is_there else []


def _errors(soup: BeautifulSoup) -> dict[str, str]:
    errors = {
        _attribute(shown, "id").removesuffix("-error"): _text(shown).removeprefix("Error: ")
        for shown in soup.select(".govuk-error-message[id$=-error]")
    }
    if summary := " ".join(_text(line) for line in soup.select(".govuk-error-summary__list")):
        errors[""] = summary
    return errors


def _attribute(tag: Tag, name: str) -> str:
    return str(tag.get(name) or "")


def _text(tag: Tag) -> str:
    return " ".join(tag.get_text(" ").split())
