"""What's new: told once after an update, never on a first run, and to be read again later."""

from __future__ import annotations

import zipfile
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hatchling.builders.wheel import WheelBuilder
from PySide6.QtWidgets import QApplication, QMenu
from tests.helpers.palette_page import PalettePage
from tests.helpers.profiles_desk import Drawer, ProfilesDesk, desk_on, make_calendars

from triluna_desktop import __version__
from triluna_desktop.session import ConnectionState
from triluna_desktop.system import settings as table
from triluna_desktop.system.paths import app_paths
from triluna_desktop.system.settings import Settings
from triluna_desktop.ui.news import file

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tests.helpers.sandbox import SandboxProcess
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.theme import Theme

TEXT = """# Changes

## 2.1.0
- **Palette.** Press `Ctrl+K` & see <all>.

## 2.0.0
- **Before.**
"""


@pytest.fixture(autouse=True)
def changelog(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Version 2.1.0 runs, with a list of changes of its own."""
    (tmp_path / "CHANGELOG.md").write_text(TEXT, encoding="utf-8")
    monkeypatch.setattr(file, "PLACES", (tmp_path / "CHANGELOG.md",))
    before = qapp.applicationVersion()
    qapp.setApplicationVersion("2.1.0")
    yield
    qapp.setApplicationVersion(before)


def begin(page: WindowPage, seen: str) -> None:
    """Start anew, where another version was seen last."""
    page.settings.set(table.APP_VERSION_SEEN, seen)
    page.window.profile.news.begin()


def test_a_first_run_is_told_of_nothing_and_remembers_its_version(make_window: MakeWindow) -> None:
    page = make_window()
    assert page.banner == ""
    assert page.settings.get(table.APP_VERSION_SEEN) == "2.1.0"


def test_after_an_update_a_strip_leads_to_what_is_new_and_then_goes(make_window: MakeWindow) -> None:
    page = make_window()
    begin(page, "2.0.0")
    assert page.banner == "The app was updated to 2.1.0."
    (button,) = page.window.profile.page.banner.buttons
    page.click(button)
    news = page.window.profile.news.page
    assert news is not None
    assert news.isVisible()
    assert "Press Ctrl+K & see <all>." in news.text.toPlainText()
    assert "Before" not in news.text.toPlainText()
    assert page.banner == ""
    page.click(news.all_button)
    assert "Before" in news.text.toPlainText()
    news.close()


def test_it_is_told_once(make_window: MakeWindow) -> None:
    page = make_window()
    begin(page, "2.0.0")
    page.click(page.window.profile.page.banner.close_button)
    page.window.profile.news.begin()
    page.window.profile.week.refresh_now()
    page.say(ConnectionState.SYNCED)
    assert page.banner == ""


def told(desk: ProfilesDesk) -> str:
    notice = desk.window.profile.page.banner.notice
    return "" if notice is None else notice.text


async def test_who_keeps_several_calendars_is_told_once_and_not_in_each(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    drawer = Drawer()
    make_calendars(tmp_path, drawer, dict.fromkeys(("Chen", "Okafor"), (sandbox.url, sandbox.token)))
    for name in ("default", "okafor"):
        settings = Settings(app_paths(name, tmp_path).settings_file)
        settings.load()
        settings.set(table.APP_VERSION_SEEN, "2.0.0")
    async with desk_on(tmp_path, window_theme, drawer) as desk:
        await desk.open_all()
        await desk.until(lambda: told(desk) == "The app was updated to 2.1.0.")
        desk.profiles.show("okafor")
        assert desk.profiles.shown.name == "okafor"
        await desk.until(lambda: told(desk) == "")
    async with desk_on(tmp_path, window_theme, drawer, shown="okafor") as desk:
        await desk.open_all()
        await desk.until(lambda: told(desk) == "")


@pytest.mark.parametrize(
    "text", ["", "no headings", "## no version\n- x", "## 2.1.0", "\x00\ufffd## 2.1.0\n", "## 2.1.0 ("]
)
def test_a_list_that_is_none_breaks_nothing(make_window: MakeWindow, tmp_path: Path, text: str) -> None:
    (tmp_path / "CHANGELOG.md").write_text(text, encoding="utf-8")
    page = make_window()
    begin(page, "2.0.0")
    page.window.profile.news.open()
    news = page.window.profile.news.page
    assert news is not None
    assert news.isVisible()
    news.close()


def test_a_list_that_is_no_text_is_said_to_be_missing(make_window: MakeWindow, tmp_path: Path) -> None:
    (tmp_path / "CHANGELOG.md").write_bytes(b"## 2.1.0\n- \xff\xfe\n")
    page = make_window()
    begin(page, "2.0.0")
    assert page.banner == ""
    page.window.profile.news.open()
    news = page.window.profile.news.page
    assert news is not None
    assert "not a part of this installation" in news.text.toPlainText()
    news.close()


def test_what_is_weightier_is_said_first(make_window: MakeWindow) -> None:
    page = make_window()
    begin(page, "2.0.0")
    page.say(ConnectionState.READ_ONLY)
    assert page.banner.startswith("Read only")
    page.say(ConnectionState.SYNCED)
    assert page.banner.startswith("The app was updated")


def test_a_version_without_news_says_nothing(make_window: MakeWindow) -> None:
    page = make_window()
    begin(page, "2.1")
    assert page.banner == ""
    begin(page, "3.0.0")
    assert page.banner == ""


def test_all_of_it_can_be_read_later_from_the_help_menu_and_the_palette(make_window: MakeWindow) -> None:
    page = make_window()
    page.click(page.window.profile.page.toolbar.help_button)
    (menu,) = [each for each in page.window.findChildren(QMenu) if each.isVisible()]
    texts = [action.text() for action in menu.actions()]
    assert texts == ["Keyboard shortcuts", "All commands…", "First steps…", "What's new…"]
    menu.actions()[-1].trigger()
    menu.close()
    news = page.window.profile.news.page
    assert news is not None
    assert "Before" in news.text.toPlainText()
    assert not news.all_button.isVisible()
    news.close()
    palette = PalettePage(page)
    page.window.profile.week_view.setFocus()
    palette.open_palette()
    palette.type("new")
    assert "What's new…" in palette.rows


def test_where_the_list_is_missing_the_page_says_so(
    make_window: MakeWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(file, "PLACES", (tmp_path / "none.md",))
    page = make_window()
    page.window.run_command("whats_new")
    news = page.window.profile.news.page
    assert news is not None
    assert "is not a part of this installation" in news.text.toPlainText()
    news.close()


def test_the_wheel_carries_the_list_to_where_it_is_looked_for(tmp_path: Path) -> None:
    root = Path(__file__).parents[2]
    (wheel,) = WheelBuilder(str(root)).build(directory=str(tmp_path), versions=["standard"])
    with zipfile.ZipFile(wheel) as packed:
        said = packed.read("triluna_desktop/assets/CHANGELOG.md").decode()
    assert f"## {__version__}" in said
    assert file.__file__.replace("\\", "/").endswith("triluna_desktop/ui/news/file.py")
