"""Colours, light and dark, and the style sheet made of them. One accent; colour only where it means something."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QColor, QPalette

from triluna_desktop.domain.values import dataclass

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication


@dataclass(frozen=True, slots=True)
class Palette:
    """Every colour of the app, by what it is for."""

    name: str
    bg: QColor
    panel: QColor
    line: QColor
    line2: QColor
    text: QColor
    muted: QColor
    accent: QColor
    accent_soft: QColor
    on_accent: QColor
    open: QColor
    open_bg: QColor
    open_line: QColor
    block: QColor
    block_bg: QColor
    block_line: QColor
    closed: QColor
    hatch: QColor
    red: QColor
    amber: QColor
    amber_bg: QColor
    now: QColor
    ok: QColor

    def colours(self) -> dict[str, str]:
        """Each colour as ``#rrggbb``, by name, for the style sheet."""
        return {field.name: getattr(self, field.name).name() for field in fields(self) if field.name != "name"}


def _palette(name: str, **colours: str) -> Palette:
    return Palette(name=name, **{key: QColor(value) for key, value in colours.items()})


# Muted text is a shade away from the target pictures: 4.5:1 and more against every ground it stands on.
# A palette reads as a table.
# fmt: off
LIGHT = _palette(
    "light",
    bg="#ffffff", panel="#f7f7f9", line="#e6e6eb", line2="#f1f1f4", text="#1d1d22", muted="#6a6a75",
    accent="#5746af", accent_soft="#edeafc", on_accent="#ffffff",
    open="#0d7d6c", open_bg="#d9f3ee", open_line="#53b9a6",
    block="#8a3f62", block_bg="#f8e3ec", block_line="#d58bac",
    closed="#f3f3f6", hatch="#e4e4ea", red="#d93036", amber="#8f5400", amber_bg="#fff3d6", now="#d93036",
    ok="#2fb380",
)
DARK = _palette(
    "dark",
    bg="#17171b", panel="#1e1e23", line="#303038", line2="#25252b", text="#ededf0", muted="#9a9aa6",
    accent="#a99cf5", accent_soft="#2d2852", on_accent="#17171b",
    open="#6fdcc7", open_bg="#10352f", open_line="#2b7d6f",
    block="#f2a3c4", block_bg="#3c1c2b", block_line="#8b4765",
    closed="#1b1b20", hatch="#26262d", red="#ff6369", amber="#f5c26b", amber_bg="#3a2c10", now="#ff6369",
    ok="#2fb380",
)
# fmt: on


_HALF_LIGHT = 128


class Theme(QObject):
    """The palette in force. ``choice`` is "system", "light" or "dark"; `changed` is emitted when it changes."""

    changed = Signal()

    def __init__(
        self,
        app: QApplication,
        choice: str = "system",
        density: str = "comfortable",
        *,
        desktop_is_dark: bool | None = None,
    ) -> None:
        """``desktop_is_dark`` is what the desktop said at the last start, see `tell`."""
        super().__init__()
        self._app = app
        self._choice = choice
        self._density = density
        # Before `install`: the system's own palette.
        self._is_ground_dark = app.palette().window().color().lightness() < _HALF_LIGHT
        self._is_following = False
        self._desktop_is_dark = desktop_is_dark
        self.palette = self._wanted()

    def choose(self, choice: str) -> None:
        """Follow the system, or stay light or dark."""
        self._choice = choice
        self._follow()

    def tell(self, is_dark: bool | None) -> None:
        """What the desktop itself says; None: nothing, and Qt is to know. See `system.colour_scheme`."""
        self._desktop_is_dark = is_dark
        self._follow()

    def choose_density(self, density: str) -> None:
        """Give lists, fields and buttons more room, or less: "comfortable" or "compact"."""
        if density != self._density:
            self._density = density
            self.install_sheet()

    def install(self) -> None:
        """Give the application this theme's palette, which is made for Qt's own style, Fusion."""
        self._app.setPalette(_qt_palette(self.palette))

    def install_sheet(self) -> None:
        """Give it the style sheet too, and follow the system from now on.

        The first paint does without, as it takes as long as painting the week.
        """
        if not self._is_following:
            self._is_following = True
            self._app.styleHints().colorSchemeChanged.connect(self._follow)
            self._follow()
        sheet = _sheet(self.palette, self._density)
        if sheet != self._app.styleSheet():  # Else every widget of the app would be styled anew.
            self._app.setStyleSheet(sheet)

    def _wanted(self) -> Palette:
        is_dark = self._is_system_dark() if self._choice == "system" else self._choice == "dark"
        return DARK if is_dark else LIGHT

    def _is_system_dark(self) -> bool:
        """What the desktop says, or else Qt, once that is followed: to ask Qt is not for the first paint.

        Why: see `week_ink`. Until then, and where Qt does not know, the ground that the system gives to windows
        tells it.
        """
        if self._desktop_is_dark is not None:
            return self._desktop_is_dark
        if self._is_following:
            from PySide6.QtCore import Qt

            scheme = self._app.styleHints().colorScheme()
            if scheme is not Qt.ColorScheme.Unknown:
                return scheme is Qt.ColorScheme.Dark
        return self._is_ground_dark

    def _follow(self) -> None:
        wanted = self._wanted()
        if wanted is self.palette:
            return
        self.palette = wanted
        self.install()
        self.install_sheet()
        self.changed.emit()


def _sheet(colours: Palette, density: str) -> str:
    from string import Template

    from triluna_desktop.ui.style_sheet import DENSITIES, STYLE_SHEET

    return Template(STYLE_SHEET).substitute({**colours.colours(), **DENSITIES[density]})


def _qt_palette(colours: Palette) -> QPalette:
    palette = QPalette(colours.panel, colours.panel)
    role = QPalette.ColorRole
    for each, colour in (
        (role.Window, colours.panel),
        (role.WindowText, colours.text),
        (role.Base, colours.bg),
        (role.AlternateBase, colours.panel),
        (role.Text, colours.text),
        (role.Button, colours.bg),
        (role.ButtonText, colours.text),
        (role.BrightText, colours.red),
        (role.Highlight, colours.accent),
        (role.HighlightedText, colours.on_accent),
        (role.Link, colours.accent),
        (role.PlaceholderText, colours.muted),
        (role.ToolTipBase, colours.text),
        (role.ToolTipText, colours.bg),
        (role.Mid, colours.line),
    ):
        palette.setColor(each, colour)
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, colours.muted)
    return palette
