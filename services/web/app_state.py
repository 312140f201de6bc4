"""What every page may know of the installation it belongs to."""

from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from fastapi import Request
from sqlalchemy import Engine

from services.bootstrap import (
    Neighbours,
    neighbours,
    provisioning_engine,
    settings,
    sign_in_engine,
)
from services.casework.accounts.door import AccountsDoor
from services.casework.accounts.organisations import are_offered
from services.identity.openid.providers import Providers
from services.identity.passkeys import PasskeySite
from services.identity.passwords import STRONG, Passwords
from services.identity.sealing import InstallationKey
from services.observability.exposition import MetricsAddress
from services.orchestration.prefect_client import PrefectClient
from services.orchestration.prefect_relay import SCREEN, PrefectRelay
from services.settings import Settings
from services.web.addresses import SiteAddresses, site_addresses
from services.web.restored_doors import RestoredDoors

PATIENCE: Final = 2.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The neighbours, and what the environment said of this installation."""

    neighbours: Neighbours
    sign_in_engine: Engine
    secret: str
    is_demonstration: bool
    provisioning: Engine | None = None
    other_base_urls: tuple[str, ...] = ()
    trusted_proxies: str = ""
    passwords: Passwords = STRONG
    demands_second_factor: bool = False
    proof_lasts: timedelta | None = None
    prefect: PrefectClient | None = None
    prefect_relay: PrefectRelay | None = None
    metrics: MetricsAddress = field(default_factory=MetricsAddress)
    traces_url: str = ""
    providers: Providers = field(default_factory=Providers)
    doors: RestoredDoors = field(default_factory=RestoredDoors)

    @property
    def addresses(self) -> SiteAddresses:
        """Return every address at which people reach the site."""
        return site_addresses((self.neighbours.base_url, *self.other_base_urls))

    @property
    def prefect_screen(self) -> str:
        """Return where operators find Prefect's own pages; empty where there is no server."""
        return SCREEN if self.prefect_relay else ""

    @property
    def offers_organisations(self) -> bool:
        """Tell whether any organisation signs its people in here."""
        return are_offered(self.sign_in_engine)

    @property
    def accounts(self) -> AccountsDoor:
        """Return the door by which people sign in."""
        return AccountsDoor(
            engine=self.sign_in_engine,
            key=InstallationKey(self.secret),
            passkey_site=PasskeySite(self.neighbours.base_url),
            passwords=self.passwords,
            demands_second_factor=self.demands_second_factor,
            proof_lasts=self.proof_lasts,
        )

    @property
    def is_secure(self) -> bool:
        """Tell whether people reach the site by https, so that cookies may insist on it."""
        return self.neighbours.base_url.startswith("https://")


def site_of_environment() -> Site:
    """Return the installation that the environment describes."""
    given = settings()
    return Site(
        neighbours=neighbours(),
        sign_in_engine=sign_in_engine(given),
        secret=given.secret_key.get_secret_value(),
        is_demonstration=given.is_demonstration,
        provisioning=provisioning_engine(given),
        demands_second_factor=given.demands_second_factor,
        proof_lasts=given.proof_lasts,
        other_base_urls=tuple(given.other_base_urls.split()),
        trusted_proxies=given.trusted_proxies,
        providers=Providers(allows_loopback=given.is_demonstration),
        prefect=_prefect(given),
        prefect_relay=_prefect_relay(given),
        metrics=MetricsAddress(given.metrics_port, given.metrics_host),
        traces_url=given.traces_url,
    )


def _prefect(given: Settings) -> PrefectClient | None:
    """Return the server that pages ask how it stands; no page waits long for it."""
    auth = given.prefect_auth.get_secret_value()
    return PrefectClient(given.prefect_api_url, auth, PATIENCE) if given.prefect_api_url else None


def _prefect_relay(given: Settings) -> PrefectRelay | None:
    """Return the same server for operators, who read its own pages by way of ours."""
    auth = given.prefect_auth.get_secret_value()
    return PrefectRelay(given.prefect_api_url, auth) if given.prefect_api_url else None


def site_of(request: Request) -> Site:
    """Return the installation this request came to."""
    site: Site = request.app.state.site
    return site
