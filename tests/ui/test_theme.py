"""Light or dark: as chosen, or as the system is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor, QPalette

from triluna_desktop.ui.theme import DARK, LIGHT, Palette, Theme

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtWidgets import QApplication

GROUNDS = {"black": DARK, "#323232": DARK, "#efefef": LIGHT, "white": LIGHT}


@pytest.fixture
def app(qapp: QApplication) -> Iterator[QApplication]:
    """The application, without the look that a theme gives it."""
    qapp.setPalette(QPalette())
    yield qapp
    qapp.setStyleSheet("")
    qapp.setPalette(QPalette())


@pytest.mark.parametrize(("ground", "palette"), GROUNDS.items(), ids=GROUNDS)
def test_the_first_paint_and_all_after_it_are_as_the_system_is(
    app: QApplication, ground: str, palette: Palette
) -> None:
    app.setPalette(QPalette(QColor(ground)))
    theme = Theme(app, "system")
    changes: list[str] = []
    theme.changed.connect(lambda: changes.append(theme.palette.name))

    theme.install()
    assert theme.palette is palette
    theme.install_sheet()
    assert theme.palette is palette
    assert changes == [], "a window that turns light a moment after it came up dark hurts in the dark"
    assert app.palette().window().color() == palette.panel
    assert palette.text.name() in app.styleSheet()


@pytest.mark.parametrize(("choice", "palette"), [("dark", DARK), ("light", LIGHT)])
@pytest.mark.parametrize("ground", ["black", "white"])
def test_what_was_chosen_holds_whatever_the_system_is(
    app: QApplication, ground: str, choice: str, palette: Palette
) -> None:
    app.setPalette(QPalette(QColor(ground)))
    theme = Theme(app, choice)
    theme.install()
    theme.install_sheet()
    assert theme.palette is palette


def test_choosing_the_system_again_brings_back_its_ground_and_says_so(app: QApplication) -> None:
    app.setPalette(QPalette(QColor("black")))
    theme = Theme(app, "light")
    theme.install()
    theme.install_sheet()
    changes: list[str] = []
    theme.changed.connect(lambda: changes.append(theme.palette.name))

    theme.choose("system")

    assert changes == ["dark"]
    assert app.palette().window().color() == DARK.panel


@pytest.mark.parametrize(("is_dark", "palette"), [(True, DARK), (False, LIGHT)])
@pytest.mark.parametrize("ground", ["black", "white"])
def test_what_the_desktop_said_last_time_is_painted_first_whatever_its_ground(
    app: QApplication, ground: str, is_dark: bool, palette: Palette
) -> None:
    app.setPalette(QPalette(QColor(ground)))
    theme = Theme(app, "system", desktop_is_dark=is_dark)
    theme.install()
    assert theme.palette is palette
    theme.install_sheet()
    assert theme.palette is palette


def test_what_the_desktop_says_holds_until_it_says_nothing(app: QApplication) -> None:
    app.setPalette(QPalette(QColor("white")))
    theme = Theme(app, "system")
    theme.install()
    theme.install_sheet()
    changes: list[str] = []
    theme.changed.connect(lambda: changes.append(theme.palette.name))

    for said in (True, True, False, True, None):
        theme.tell(said)

    assert changes == ["dark", "light", "dark", "light"]


def test_who_chose_light_keeps_it_on_a_dark_desktop(app: QApplication) -> None:
    theme = Theme(app, "light", desktop_is_dark=True)
    theme.install()
    theme.install_sheet()
    theme.tell(True)
    assert theme.palette is LIGHT
