"""What stands in the form of a page, as a person would see it there."""

from collections import defaultdict
from collections.abc import Iterator

from bs4 import BeautifulSoup, Tag

from services.web.forms.parsing import OUR_OWN
from tests.bad_input.fields import Fields


def parsed(html: str) -> BeautifulSoup:
    """Return the page as a tree."""
    return BeautifulSoup(html, "html.parser")


def said(page: BeautifulSoup) -> str:
    """Return the words of a page, one space between them."""
    return " ".join(page.get_text(" ").split())


def standing(page: BeautifulSoup, part: str = "main") -> Fields:
    """Return what stands in the forms of the page's main part, by the names of its fields."""
    found = defaultdict(list)
    for name, value in _standing(page.select_one(part) or page):
        found[name].append(value)
    return found


def lost(page: BeautifulSoup, typed: Fields) -> list[str]:
    """Return the names of fields in which what was typed does not stand."""
    there = standing(page)
    return [
        name
        for name, values in typed.items()
        if name not in OUR_OWN and not set(map(_plain, values)) <= set(map(_plain, there[name]))
    ]


def saving_button(page: BeautifulSoup) -> str:
    """Return where the button posts by which a form is saved without a script; empty: nowhere."""
    for button in page.select("main button[formaction]"):
        if button.get_text(strip=True) == "Save and come back later":
            return str(button["formaction"])
    return ""


def _standing(main: Tag) -> Iterator[tuple[str, str]]:
    for field in main.select("input[name]"):
        is_choice = field.get("type") in {"radio", "checkbox"}
        if not is_choice or field.has_attr("checked"):
            yield str(field["name"]), str(field.get("value", ""))
    for area in main.select("textarea[name]"):
        yield str(area["name"]), area.get_text().removeprefix("\n")
    for choice in main.select("select[name] option[selected]"):
        yield str(choice.find_parent("select")["name"]), str(choice["value"])


def _plain(text: str) -> str:
    return text.replace("\r\n", "\n")
