"""A real browser for tests: the fixture `browser`.

In CI a missing browser is a failure; for a person it is a skip that says how to get one.
"""

import os
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.support.chromium import NoChromiumError, find_chromium
from tests.support.fonts import font_environment

_QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    """Headless Chromium with a Chinese font, one for each test module.

    No longer than a module, because while it runs this thread counts as inside an event loop, and `asyncio.run` in
    another test would be refused.
    """
    try:
        chromium = find_chromium()
    except NoChromiumError as error:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(error))
    fonts = font_environment(tmp_path_factory.mktemp("fonts"))
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(
            executable_path=chromium.program,
            chromium_sandbox=os.geteuid() != 0,  # root cannot start the sandbox
            args=_QUIET,
            env={**os.environ, **chromium.environment, **fonts},
        )
        yield started
        started.close()
