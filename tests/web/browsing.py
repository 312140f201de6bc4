"""A real browser before the application, which a real server serves on loopback."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
import uvicorn
from fastapi import FastAPI
from playwright.sync_api import BrowserContext, Page, sync_playwright

from deployments.local.home import any_free_port

CHROMIUM = "chromium"


@contextmanager
def served(app_at: Callable[[str], FastAPI]) -> Iterator[str]:
    """Serve the application that is made for the address, and lend the address.

    By name: a browser makes passkeys for no IP address.
    """
    port = any_free_port()
    address = f"http://localhost:{port}"
    app = app_at(address)
    config = uvicorn.Config(app, port=port, host="127.0.0.1", log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        thread.join(0.05)
        assert thread.is_alive(), "the server did not start"
    yield address
    server.should_exit = True
    thread.join()


@contextmanager
def browser(address: str) -> Iterator[BrowserContext]:
    """Lend a Chromium of its own; where none is installed the test is not run."""
    if (program := shutil.which(CHROMIUM)) is None:
        pytest.skip("not run: there is no Chromium on this machine")
    with sync_playwright() as tool:
        running = tool.chromium.launch(executable_path=program, args=["--no-sandbox"])
        yield running.new_context(base_url=address)
        running.close()


def sign_in(page: Page, email: str, password: str) -> None:
    """Sign in by the page, as a person does."""
    page.goto("/sign-in")
    page.fill("#email", email)
    page.fill("#password", password)
    page.click("main button:has-text('Sign in')")
