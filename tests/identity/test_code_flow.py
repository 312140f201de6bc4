"""The code flow with a real provider: what it vouches for, and what it may not be believed."""

from dataclasses import replace

import httpx
import pytest

from services.bootstrap import wall_clock
from services.identity.openid import Client, ProviderRefused, ProviderUnavailable, tokens
from services.identity.openid.code_flow import (
    Code,
    Secrets,
    Wanted,
    address_to_sign_in,
    exchange,
    must_be_its_answer,
)
from services.identity.openid.metadata import Metadata
from services.identity.openid.providers import Providers
from tests.identity.conftest import BASE_URL
from tests.identity_providers import CLIENT, SECOND_FACTOR, SECRET, RunningProvider

pytestmark = pytest.mark.slow
BACK = f"{BASE_URL}/sign-in/oidc/north/callback"


class Journey:
    """One person's way to the provider and back, with the secrets that their browser keeps."""

    def __init__(self, provider: RunningProvider) -> None:
        self.client = Client(issuer=provider.issuer, client_id=CLIENT, secret=SECRET)
        self.providers = Providers(allows_loopback=True)
        self.made = Secrets.new()

    @property
    def says(self) -> Metadata:
        return self.providers.metadata(self.client.issuer)

    def answer(self, prompt: str = "") -> dict[str, str]:
        """Go there as Ann, with a second factor, and return with what one comes back."""
        wanted = Wanted(max_age=600, acr=(SECOND_FACTOR,), prompt=prompt)
        address = address_to_sign_in(self.client, self.says, BACK, self.made, wanted)
        with httpx.Client(timeout=10) as browser:
            step = browser.get(address)
            while not step.headers.get("location", "").startswith(BACK):
                if "location" in step.headers:
                    step = browser.get(step.url.join(step.headers["location"]))
                else:
                    step = browser.post(step.url, data={"sub": "ann", "mfa": "1"})
        return dict(httpx.URL(step.headers["location"]).params)

    def token(self, given: str, verifier: str = "") -> str:
        code = Code(given, verifier or self.made.verifier, BACK)
        return exchange(self.client, self.says, self.providers.http, code)

    def read(self, token: str, nonce: str = "") -> object:
        nonce = nonce or self.made.nonce
        return tokens.read_id_token(token, self.providers, self.client, nonce, wall_clock())


@pytest.fixture
def journey(provider: RunningProvider) -> Journey:
    return Journey(provider)


def test_the_provider_vouches_for_who_signed_in(journey: Journey):
    answer = journey.answer()
    vouched = journey.read(journey.token(must_be_its_answer(journey.says, journey.made, answer)))
    assert (vouched.issuer, vouched.subject) == (journey.client.issuer, "ann")
    assert (vouched.acr, vouched.amr) == (SECOND_FACTOR, {"pwd", "otp"})
    assert vouched.sid
    assert vouched.at is not None


def test_a_code_is_worth_nothing_without_what_this_browser_keeps(journey: Journey):
    with pytest.raises(ProviderRefused, match="could not be relied on") as refused:
        journey.token(journey.answer()["code"], verifier=Secrets.new().verifier)
    assert refused.value.code == "invalid_grant"


def test_a_code_is_taken_once(journey: Journey):
    code = journey.answer()["code"]
    journey.token(code)
    with pytest.raises(ProviderRefused):
        journey.token(code)


def test_a_token_that_was_made_for_another_sign_in_is_refused(journey: Journey):
    token = journey.token(journey.answer()["code"])
    with pytest.raises(ProviderRefused) as refused:
        journey.read(token, nonce=Secrets.new().nonce)
    assert refused.value.code == "mismatching_nonce"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"state": "another"}, "mismatching_state"),
        ({"state": ""}, "mismatching_state"),
        ({"iss": "https://other.example"}, "mismatching_issuer"),
        ({"iss": None}, "mismatching_issuer"),
        ({"code": None}, "missing_code"),
        ({"error": "<script>"}, "<script>"),
    ],
)
def test_an_answer_to_another_question_is_refused(journey: Journey, change: dict, code: str):
    answer = {**journey.answer(), **change}
    told = {name: value for name, value in answer.items() if value is not None}
    with pytest.raises(ProviderRefused) as refused:
        must_be_its_answer(journey.says, journey.made, told)
    assert refused.value.code == code
    assert "<script>" not in str(refused.value)


def test_a_provider_that_never_names_itself_is_believed_without_it(journey: Journey):
    answer = journey.answer()
    del answer["iss"]
    silent = replace(journey.says, names_itself=False)
    assert must_be_its_answer(silent, journey.made, answer) == answer["code"]


def test_who_is_not_signed_in_there_is_not_asked_where_nothing_may_be_asked(journey: Journey):
    with pytest.raises(ProviderRefused) as refused:
        must_be_its_answer(journey.says, journey.made, journey.answer(prompt="none"))
    assert refused.value.code == "login_required"


def test_keys_that_change_are_asked_for_again(journey: Journey, provider: RunningProvider):
    journey.read(journey.token(journey.answer()["code"]))
    for change in ("", "drop"):
        provider.change("rotate", change)
        assert journey.read(journey.token(journey.answer()["code"])).subject == "ann"


def test_a_provider_that_is_away_for_a_while_is_said_to_be(
    journey: Journey, provider: RunningProvider
):
    code = journey.answer()["code"]
    provider.change("fail", "1")
    with pytest.raises(ProviderUnavailable):
        journey.token(code)


def test_who_is_disabled_there_is_not_let_in(journey: Journey, provider: RunningProvider):
    provider.change("person", {"sub": "ann", "enabled": False})
    try:
        with pytest.raises(ProviderRefused) as refused:
            must_be_its_answer(journey.says, journey.made, journey.answer())
    finally:
        provider.change("person", {"sub": "ann", "enabled": True})
    assert refused.value.code == "access_denied"
