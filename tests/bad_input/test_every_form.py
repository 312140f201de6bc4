"""Every form takes its whole posting, and of the corpus what is good and nothing else.

The short form sends every tenth field one bad row and one good one. `./keyline check bad-input`
sends every row to every field of its kind.
"""

import sys

import pytest

from services.web.pages import ROUTERS
from tests.bad_input import (
    carried,
    directory,
    information_requests,
    inspection,
    learning,
    others,
    people,
    policies,
    retention,
    together,
)
from tests.bad_input.judging import Tally
from tests.bad_input.stage import a_stage
from tests.servers import PlatformPostgres

WHOLE = "--whole"
# They take a code or an address that is never kept, right or wrong: tests/web/test_collecting.py
# and test_people_pages.py. Whole requests are sent to the first, and to the drafts, by
# `others.a_file`.
OF_STRANGERS = {"/collect/{token}", "/invitations/{token}"}
# What is typed is saved as it is, whole or not: tests/web/test_drafts.py sends them bad input.
OF_DRAFTS = {
    f"{above}/drafts/{{act}}{end}" for above in ("", "/cases/{case_id}") for end in ("", "/discard")
}
# Their files are read and never kept: tests/web/test_letters.py, test_filled_form_refused.py,
# test_report_from_word.py, test_table_files.py and test_running_case.py send bad ones.
OF_FILES_READ = {
    "/bring-in",
    "/cases/{case_id}/dispatches/word",
    "/cases/{case_id}/report/draft/word",
    "/cases/{case_id}/publication/changed-text/word",
    *(f"/cases/{{case_id}}/scoping/{one}/word" for one in ("return", "entered", "confirmation")),
    *(f"/cases/{{case_id}}/agency-reports/{one}/table" for one in ("chronology", "changes")),
}
# Its text is a file, refused by its own fields: tests/casework/test_tenant_file.py.
OF_TENANT_FILES = {"/administration/found"}
# Without an organisation they refuse whatever comes: tests/web/test_organisations.py sends it.
OF_ORGANISATIONS = {"/sign-in/organisation", "/sign-in/oidc/{provider}/logout"}
POSTS = {route.path for router in ROUTERS for route in router.routes if "POST" in route.methods}
# They act on what waits in every partnership, where nothing waits here:
# tests/web/test_operator_acts_page.py sends them.
OF_OPERATORS = {f"/operations/{one}" for one in ("work", "emails", "alerts", "flow-engine")}
# What is typed there is a password, a code or an address, and no row keeps it as it was typed:
# tests/web/test_passwords.py, test_second_factor.py and test_passkeys.py send what is not right,
# and `others.a_file` whole requests to three of them.
OF_ACCOUNTS = {
    *(f"/account/{one}" for one in ("app", "app/remove", "password", "prove", "prove/passkey")),
    *(f"/account/passkeys{one}" for one in ("", "/ask", "/remove")),
    *(f"/sign-in/{one}" for one in ("second", "passkey", "set-up", "set-up/passkey")),
    "/account/organisations/remove",
    "/account/recovery-codes",
    "/forgotten-password",
    "/reset-password/{token}",
}
# It takes ids of what is waited for, and keeps none: tests/web/test_remind_everywhere.py.
OF_REMINDERS = {"/remind"}
FORMS = POSTS - OF_STRANGERS - OF_DRAFTS - OF_FILES_READ - OF_TENANT_FILES - OF_ORGANISATIONS
# They ask nothing: tests/web/test_account_sessions.py sends them.
OF_SESSIONS = {"/account/sessions/end", "/account/stay"}
# Questions to Prefect's server, no form: tests/orchestration/test_prefect_pages.py sends others.
OF_PREFECT = {"/operations/prefect/api/{asked:path}"}
# Systems of the API: tests/web/test_api.py, test_api_persons.py and test_webhooks.py send what is
# right and not.
OF_SYSTEMS = {
    "/administration/people/systems/enter",
    "/administration/people/systems/{entry_id}/secret",
    "/administration/partnerships/{partnership_id}/people/systems/enter",
    "/systems/agree",
    *(f"/administration/people/systems/{{entry_id}}/webhook/{one}" for one in ("again", "secret")),
    *(
        f"/administration/{of}people/{one}"
        for of in ("", "partnerships/{partnership_id}/")
        for one in (
            "systems/{entry_id}/webhook/enter",
            *(f"webhooks/{{entry_id}}/{what}" for what in ("answer", "end")),
        )
    ),
}
FORMS -= OF_SYSTEMS | OF_REMINDERS | OF_OPERATORS | OF_SESSIONS | OF_ACCOUNTS | OF_PREFECT
# What is typed is kept encrypted alone: tests/web/test_search_pages.py sends it bad input.
OF_SEARCH = {"/search"}
# So is the name of a view: tests/web/test_saved_views.py sends it bad input.
OF_VIEWS = {"/views", "/views/{view_id}/change", "/views/{view_id}/delete"}
FORMS -= OF_SYSTEMS | OF_SEARCH | OF_VIEWS
# They ask nothing: tests/web/test_calendar_page.py sends what is right and not.
FORMS -= {"/account/calendar", "/account/calendar/end"}
# A section is saved as a draft is, and all answers go the way of their whole form:
# tests/web/test_sections.py sends bad input. Word forms are read and never kept:
# tests/web/test_word_forms.py and tests/documents/test_form_file.py send bad ones.
FORMS -= {one for one in POSTS if one.endswith(("/sections", "/word-form"))}
# Found to be open to bad input when it was tried first; none of them may be missing again.
ONCE_LEFT_OUT = {
    "/cases/{case_id}/agency-reports/accept",
    "/cases/{case_id}/agency-reports/return",
    "/cases/{case_id}/report/draft",
}


@pytest.mark.slow
def test_every_form_with_the_corpus(
    platform_postgres: PlatformPostgres, request: pytest.FixtureRequest, capsys, record_property
):
    tally = Tally()
    with a_stage(platform_postgres, tally, whole=request.config.getoption(WHOLE)) as stage:
        # By a connection of its own, so before anything here holds the installation's chain.
        platform = people.platform_administrator(stage)
        others.sign_in_and_out(stage)
        carried.open_cases(stage)
        others.alerts(stage)
        others.practice_clock(stage)
        others.pause(stage)
        others.bank_holidays(stage)
        for try_all in (
            others.policy_adoption,
            directory.directory,
            retention.retention,
            policies.by_two_people,
        ):
            try_all(stage)
        people.people(stage, platform)
        for try_all in (
            information_requests.information_requests,
            inspection.inspection_packs,
            learning.learning,
        ):
            try_all(stage)
        others.a_file(stage)
        carried.along_every_road(stage)
        together.along_a_joint_review(stage)
    missing = f"not tried: {', '.join(sorted(FORMS - tally.forms)) or 'none'}"
    with capsys.disabled():
        sys.stdout.write(f"\nbad input:\n{tally.said()}\n{missing}\n")
    record_property("bad input", tally.said())
    assert "\n".join(tally.wrong) == ""
    assert tally.forms == tally.accepted_whole == FORMS
    assert tally.forms >= ONCE_LEFT_OUT
    assert tally.counts["kept exactly"] == tally.counts["kept"] > len(FORMS) // 3
    assert tally.counts["refused"] > len(FORMS)
