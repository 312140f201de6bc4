"""Whole requests of the corpus, sent to the address of a form; ids and questions in addresses."""

import re
from collections.abc import Iterator, Mapping
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
QUERIES: Final = rows_of("queries.json")
# What each page reads after the question mark, and by whom it is asked.
QUESTIONS: Final = (
    ("/cases", "stage", "reference"),
    ("/cases/{case_id}", "done", "unshown"),
    ("/cases/{case_id}/declaration", "next"),
    ("/cases/{case_id}/audit", "who", "what", "since", "until", "below"),
    ("/audit", "who", "what", "since", "until", "below"),
    ("/directory", "on"),
    ("/inbox", "words"),
    ("/sign-in", "next"),
    ("/remind", "done", "left"),
)
SIGN_IN: Final = "/sign-in"
# Who posts there without a token of this browser is shown the page to sign in.
AT_THE_DOOR: Final = frozenset({SIGN_IN, "/forgotten-password"})
SCRIPT: Final = "<script>alert('corpus')"
NOT_THERE: Final = frozenset({400, 403, 404, 405})
LEADS_ON: Final = "{code}"
# To strangers every address is the same page, whether or not there is such a one.
SAME_FOR_ALL: Final = {"/collect/{token}", "/invitations/{token}", "/reset-password/{token}"}
_TURNS: Final = count()


def try_requests(stage: Stage, form: Form) -> None:
    """Send every row, or for the short form each form another one; nothing may have changed."""
    rows = [row for row in REQUESTS if _is_for(row, form)]
    if not stage.whole:
        rows = [rows[next(_TURNS) % len(rows)]]
    with form.undone(stage):
        before = stage.place.rows()
        for row in rows:
            answer, where = _sent(stage, form, row), f"{form.name}: {row}"
            stage.tally.rows.add(str(row))
            stage.tally.counts["postings"] += 1
            look_over(stage.tally, answer, [], "", where)
            allowed = {*row.said["status"], *([303] if form.path in AT_THE_DOOR else [])}
            if answer.status_code in allowed:
                stage.tally.counts["refused"] += 1
            else:
                stage.tally.finds("other", f"{where}: answered {answer.status_code}")
        if stage.place.rows() != before:
            stage.tally.finds("changed", f"{form.name}: one of the requests")


def _is_for(row: Row, form: Form) -> bool:
    if "cookie" in row.said and form.path in AT_THE_DOOR:
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
    # Addresses of organisations are tried where there are some: tests/web/test_organisations.py.
    if "{" in route.path and not route.path.startswith("/sign-in/")
)


def try_addresses(stage: Stage, browser: Browser, ids: dict[str, str]) -> None:
    """Ask for every address that names an id with every row in the id's place."""
    csrf = browser.hidden("/refer")
    named = {name for path, _method in ROUTES for name in re.findall(r"{(\w+)}", path)}
    if named != set(ids):
        stage.tally.finds("other", f"ids in addresses that no row tries: {named ^ set(ids)}")
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
        is_same = path in SAME_FOR_ALL and answer.status_code == 200
        if answer.status_code not in NOT_THERE and not leads_on and not is_same:
            stage.tally.finds("other", f"{where}: answered {answer.status_code}")
        if _sets_a_cookie(answer):
            stage.tally.finds("echo", f"{where}: in a header")
        if stage.place.rows() != before:
            stage.tally.finds("changed", where)


def try_questions(stage: Stage, browser: Browser, ids: Mapping[str, str]) -> None:
    """Ask every page that reads something after the question mark with every row under its name."""
    for path, *names in QUESTIONS:
        for name in names:
            rows = QUERIES if stage.whole else [QUERIES[next(_TURNS) % len(QUERIES)]]
            for row in rows:
                asked = f"{path.format(**ids)}?{name}={text_of(row.said['value'], About())}"
                with stage.place.undone():
                    answer = browser.get(asked)
                _judge_question(stage, answer, row, f"GET {path}?{name}: {row}")


def _judge_question(stage: Stage, answer: httpx.Response, row: Row, where: str) -> None:
    stage.tally.rows.add(str(row))
    stage.tally.counts["addresses"] += 1
    look_over(stage.tally, answer, [], "", where)
    leads = answer.headers.get("location", "/")
    if (
        answer.status_code not in {200, 303}
        or not leads.startswith("/")
        or leads[1:2] in {"/", "\\"}
    ):
        stage.tally.finds("other", f"{where}: answered {answer.status_code} {leads}")
    if _sets_a_cookie(answer) or SCRIPT in answer.text:
        stage.tally.finds("echo", where)


def _sets_a_cookie(answer: httpx.Response) -> bool:
    return "a=b" in answer.headers.get("set-cookie", "")
