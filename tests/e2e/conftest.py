"""The desktop that the end-to-end tests share, and what each of them starts on it."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.helpers.app_process import AppProcess, Home
from tests.helpers.mouse import Mouse
from tests.helpers.screen_reader import ScreenReader
from tests.helpers.x_display import REPOSITORY, Desktop

if TYPE_CHECKING:
    from collections.abc import Callable, Generator, Iterator

PICTURES = REPOSITORY / "out" / "e2e"


@pytest.fixture(scope="session")
def desktop() -> Iterator[Desktop]:
    # Not pytest's own folder: a socket's path must be short.
    with tempfile.TemporaryDirectory(prefix="triluna-e2e-") as folder, Desktop(Path(folder)) as running:
        yield running


@pytest.fixture(scope="session")
def reader(desktop: Desktop) -> Iterator[ScreenReader]:
    connection = ScreenReader(desktop.bus)
    yield connection
    connection.close()


@pytest.fixture
def mouse(desktop: Desktop) -> Mouse:
    return Mouse(desktop.environment)


@pytest.fixture
def home_folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="triluna-home-") as folder:
        yield Path(folder)


@pytest.fixture
def start_app(
    desktop: Desktop,
    reader: ScreenReader,
    request: pytest.FixtureRequest,
    home_folder: Path,  # noqa: ARG001 (ends after the windows: one that closes later would write the folder anew)
) -> Iterator[Callable[[Home], AppProcess]]:
    """Start the window in a home folder; all are ended in order with the test; a failed one leaves a picture."""
    started: list[AppProcess] = []

    def start(home: Home) -> AppProcess:
        app = AppProcess(home, desktop, reader)
        started.append(app)
        app.start()
        return app

    yield start
    if request.node.stash.get(_FAILED, False):
        desktop.take_picture(PICTURES / f"{request.node.name}.png")
    for app in started:
        app.stop()


_FAILED = pytest.StashKey[bool]()


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Let fixtures know, before they tear down, how the test ended."""
    report = yield
    if report.failed:
        item.stash[_FAILED] = True
    return report
