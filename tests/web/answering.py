"""How a form is answered when it does not matter how: something fitting in every question."""

from datetime import date

from bs4 import BeautifulSoup, Tag

from tests.web.visitors import Answer, Visitor


def answered(page: BeautifulSoup, today: date) -> dict[str, object]:
    """Answer everything on the page; of lists of rows only what stands open."""
    form = page.select("main form[method=post]")[-1]
    answers: dict[str, object] = {}
    for one in form.select("input, textarea"):
        if not one.find_parent("details"):
            _answer(answers, one, today)
    return answers


def do(visitor: Visitor, path: str, today: date, **changes: object) -> str:
    """Open a page, answer it all, send it; return where it leads."""
    answer = attempt(visitor, path, today, **changes)
    assert answer.status == 303, (path, answer.status, answer.problems or answer.text)
    return answer.where


def attempt(visitor: Visitor, path: str, today: date, **changes: object) -> Answer:
    """Open a page, answer it all, send it; return what came back."""
    opened = visitor.get(path)
    assert opened.status == 200, (path, opened.status, opened.text)
    return visitor.post(path, answered(opened.page, today) | named(changes))


def named_on(page: BeautifulSoup, name: str) -> str:
    """Return the value of the choice that has the name in its label."""
    label = page.find("label", string=lambda text: text and name in text)
    return page.find(id=label["for"])["value"]


def each_endorsed_it(page: BeautifulSoup, today: date) -> dict[str, object]:
    """LC-03: a row for everybody who acts for a partner."""
    offered = page.select('input[name="endorsed-0-partner"]')
    rows = {f"endorsed-{at}-partner": one["value"] for at, one in enumerate(offered)}
    return rows | {f"endorsed-{at}-endorsed_on": today for at in range(len(offered))}


def named(changes: dict[str, object]) -> dict[str, object]:
    """Spell out days as their three boxes; two underscores stand for the dash of a row."""
    spelled: dict[str, object] = {}
    for key, value in changes.items():
        name = key.replace("__", "-")
        if isinstance(value, date):
            parts = {"day": value.day, "month": value.month, "year": value.year}
            spelled |= {f"{name}-{part}": number for part, number in parts.items()}
        else:
            spelled[name] = value
    return spelled


def _answer(answers: dict[str, object], one: Tag, today: date) -> None:
    name, kind = one["name"], one.get("type")
    part = name.rpartition("-")[2]
    if kind == "hidden":
        answers[name] = one["value"]
    elif kind == "radio":
        answers.setdefault(name, one["value"])
    elif kind == "checkbox":
        answers.setdefault(name, []).append(one["value"])
    elif part in {"day", "month", "year"}:
        answers[name] = getattr(today, part)
    elif part == "time":
        answers[name] = "09:00"
    elif one.get("inputmode") == "numeric":
        answers[name] = 1
    elif kind != "file":
        answers[name] = "Said in the test."
