"""Whole requests of the corpus, sent to the address of a form; and ids in addresses."""

from collections.abc import Iterator
from itertools import count
from typing import Final
from urllib.parse import urlencode

import httpx

from services.web.pages import ROUTERS
from tests.bad_input.corpus import About, Row, rows_of, text_of
from tests.bad_input.judging import look_over
from tests.bad_input.stage import FORM, Browser, Stage
from tests.bad_input.trying import Form, first_of

REQUESTS: Final = rows_of("requests.json")
ADDRESSES: Final = rows_of("addresses.json")
SIGN_IN: Final = "/sign-in"
NOT_THERE: Final = frozenset({400, 403, 404, 405})
LEADS_ON: Final = "{code}"
MOST_AT_ONCE: Final = 3
_TURNS: Final = count()


def try_requests(stage: Stage, form: Form) -> None:
    """Send every row, or for the short form some, and look that nothing has changed."""
    rows = [row for row in REQUESTS if _is_for(row, form)]
    if not stage.whole:
        rows = [rows[next(_TURNS) % len(rows)] for _ in range(MOST_AT_ONCE)]
    with form.undone(stage):
        before = stage.place.rows()
        for row in rows:
            answer, where = _sent(stage, form, row), f"{form.name}: {row}"
            stage.tally.rows.add(str(row))
            stage.tally.counts["postings"] += 1
            look_over(stage.tally, answer, [], "", where)
            allowed = {*row.said["status"], *([303] if form.path == SIGN_IN else [])}
            if answer.status_code in allowed:
                stage.tally.counts["refused"] += 1
            else:
                stage.tally.finds("other", f"{where}: answered {answer.status_code}")
        if stage.place.rows() != before:
            stage.tally.finds("changed", f"{form.name}: one of the requests")


def _is_for(row: Row, form: Form) -> bool:
    if "cookie" in row.said and form.path == SIGN_IN:
        return False
    return form.path not in row.said.get("unless", ())


def _sent(stage: Stage, form: Form, row: Row) -> httpx.Response:
    said, browser = row.said, form.browser
    if "cookie" in said:
        made_up = {"keyline-session": text_of(said["cookie"], About())}
        browser = Browser(stage.app, stage.tally, {**form.browser.cookies, **made_up})
    headers = dict(said.get("headers", {}))
    kind = said.get("type", FORM).replace("{boundary}", "b" * 300)
    if kind:
        headers["content-type"] = kind
    return browser.ask("POST", form.path, content=_body(stage, form, row), headers=headers)


def _body(stage: Stage, form: Form, row: Row) -> bytes:
    said = row.said
    if "octets" in said:
        return bytes.fromhex(said["octets"])
    if "body" in said:
        return text_of(said["body"], About()).encode()
    fields = {**form.hidden, **form.valid}
    for name in said.get("drop", ()):
        fields.pop(name, None)
    for name, value in said.get("change", {}).items():
        fields |= dict(_changed(stage, form, name, value))
    return urlencode(fields, doseq=True).encode()


def _changed(stage: Stage, form: Form, name: str, value: object) -> Iterator[tuple[str, list[str]]]:
    if name == "{many}":
        yield from ((f"answer{number}", ["x"]) for number in range(int(str(value))))
    elif isinstance(value, dict) and "token_of" in value:
        yield name, stage.stranger().hidden(SIGN_IN)["csrf"]
    else:
        leaf = first_of(form.leaves) if name == "{text}" else None
        named = (leaf.name if leaf else "once") if name == "{text}" else name
        yield named, [text_of(value, About())]


ROUTES: Final = sorted(
    (route.path, method)
    for router in ROUTERS
    for route in router.routes
    for method in route.methods
    if "{" in route.path
)


def try_addresses(stage: Stage, browser: Browser, ids: dict[str, str]) -> None:
    """Ask for every address that names an id with every row in the id's place."""
    csrf = browser.hidden("/refer")
    for path, method in ROUTES:
        for name, valid in ids.items():
            if f"{{{name}}}" not in path:
                continue
            rows = [row for row in ADDRESSES if name in row.said["of"]]
            if not stage.whole:
                rows = [rows[next(_TURNS) % len(rows)]]
            for row in rows:
                value = text_of(row.said["value"], About(valid, ids=stage.ids))
                others = {**ids, name: value}
                _ask(stage, browser, (method, path, others), (row, csrf))


def _ask(
    stage: Stage,
    browser: Browser,
    asked: tuple[str, str, dict[str, str]],
    what: tuple[Row, dict[str, list[str]]],
) -> None:
    (method, path, ids), (row, form) = asked, what
    address = path
    for name, value in ids.items():
        address = address.replace(f"{{{name}}}", value)
    with stage.place.undone():
        before = stage.place.rows()
        answer = browser.get(address) if method == "GET" else browser.send(address, form)
        where = f"{method} {path}: {row}"
        stage.tally.rows.add(str(row))
        stage.tally.counts["addresses"] += 1
        look_over(stage.tally, answer, [], "", where)
        leads_on = LEADS_ON in path and answer.status_code == 303
        if answer.status_code not in NOT_THERE and not leads_on:
            stage.tally.finds("other", f"{where}: answered {answer.status_code}")
        if "set-cookie" in answer.headers and "a=b" in answer.headers["set-cookie"]:
            stage.tally.finds("echo", f"{where}: in a header")
        if stage.place.rows() != before:
            stage.tally.finds("changed", where)
