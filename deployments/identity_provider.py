"""`./keyline identity-provider`: which organisations sign their people in to which partnership.

A provider is a file of JSON with the fields of `EnterProvider`. Its secret is asked for at the
terminal, or read from standard input: it is never said as an option, which other people of the
machine could read. What is done stands in the partnership's audit chain.
"""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated, Final

import typer
from pydantic import ValidationError
from sqlalchemy import Engine

from deployments.given_words import bytes_of, typed_line
from deployments.local.run_record import RunningPlatform
from deployments.provisioning_login import provisioning_of_environment
from services.bootstrap import settings, wall_clock
from services.casework.accounts.identities import bind_by_hand
from services.casework.accounts.identity_providers import (
    EnterProvider,
    ProviderEntry,
    change_provider,
    end_provider,
    enter_provider,
    providers_of_partnership,
)
from services.database.engine import connect
from services.domain.errors import AnswerRefused, NotFound
from services.identity.sealing import PROVIDERS, InstallationKey
from services.settings import Settings

LIST, ENTER, CHANGE, END, BIND = "list", "enter", "change", "end", "bind"
ACTS: Final = (LIST, ENTER, CHANGE, END, BIND)

Act = Annotated[str, typer.Argument(help="list, enter, change, end or bind.")]
Code = Annotated[str, typer.Option(metavar="CODE", help="The code of the partnership.")]
File = Annotated[Path | None, typer.Option(metavar="FILE", help="The provider: JSON, or -.")]
Provider = Annotated[str, typer.Option(metavar="CODE", help="Which provider ends, or vouches.")]
Email = Annotated[str, typer.Option(metavar="EMAIL", help="Whom the provider vouches for.")]
Subject = Annotated[str, typer.Option(help="What the provider calls the person.")]
FromInput = Annotated[
    bool, typer.Option("--secret-from-stdin", help="Read the secret from standard input.")
]


def identity_provider(  # noqa: PLR0913 - each option is one thing that a person says
    act: Act,
    *,
    partnership: Code = "",
    file: File = None,
    provider: Provider = "",
    email: Email = "",
    subject: Subject = "",
    secret_from_stdin: FromInput = False,
) -> None:
    """List a partnership's identity providers, enter, change or end one, or bind a person to it."""
    if act not in ACTS:
        raise NotFound(f"There is no act {act!r}; there are: {', '.join(ACTS)}.")
    url, key = provisioning_of_environment()
    founder = connect(url, key)
    try:
        if act in {ENTER, CHANGE}:
            provider_told = read_provider(file)
            secret = _secret(from_stdin=secret_from_stdin, is_new=act == ENTER)
            entry = ProviderEntry(provider_told, InstallationKey(_secret_key(), PROVIDERS), secret)
            print(put_on_record(founder, act, partnership, entry))
        elif act == END:
            end_provider(founder, partnership, provider, wall_clock())
            print(f"{provider} vouches for nobody in {partnership} any more")
        elif act == BIND:
            bind_by_hand(founder, partnership, email, provider, subject)
            print(f"{email} signs in by {provider}")
        else:
            print("\n".join(listed(founder, partnership, _base_url())))
    finally:
        founder.dispose()


def put_on_record(founder: Engine, act: str, partnership: str, entry: ProviderEntry) -> str:
    """Enter or change the provider, and say what became of it."""
    code = entry.provider.code
    if act == CHANGE:
        change_provider(founder, partnership, entry)
        return f"{code} is changed for every partnership that it serves"
    is_new = enter_provider(founder, partnership, entry)
    return f"{code} vouches for people of {partnership}{'' if is_new else ' already'}"


def read_provider(file: Path | None) -> EnterProvider:
    """Return the provider that the file describes, or refuse the first thing wrong with it."""
    if file is None:
        raise AnswerRefused("file", "Say --file.")
    try:
        return EnterProvider.model_validate(json.loads(bytes_of(file)))
    except OSError as trouble:
        raise AnswerRefused("file", f"{file} cannot be read: {trouble.strerror}.") from None
    except ValidationError as wrong:
        first = wrong.errors(include_url=False, include_input=False)[0]
        field = ".".join(str(one) for one in first["loc"]) or "provider"
        raise AnswerRefused(field, f"{file}, {field}: {first['msg']}.") from None
    except (ValueError, RecursionError):
        raise AnswerRefused("file", f"{file} is not JSON.") from None


def listed(founder: Engine, partnership: str, base_url: str) -> Iterator[str]:
    """Yield the providers of the partnership, each with the addresses to register there."""
    for one in providers_of_partnership(founder, partnership):
        ended = "" if one.is_live else ", ended"
        yield f"{one.code}: {one.name}, {one.issuer}{ended}"
        yield f"  people come back to {base_url}/sign-in/oidc/{one.code}/callback"
        yield f"  sign-outs are posted to {base_url}/sign-in/oidc/{one.code}/logout"


def _secret(*, from_stdin: bool, is_new: bool) -> str:
    if from_stdin:
        return typed_line()
    return str(typer.prompt("Secret", hide_input=True)) if is_new else ""


def _secret_key() -> str:
    return _installation().secret_key.get_secret_value()


def _base_url() -> str:
    return _installation().base_url.rstrip("/")


def _installation() -> Settings:
    if "KEYLINE_SECRET_KEY" not in os.environ:
        os.environ.update(RunningPlatform.find().settings)
    return settings()
