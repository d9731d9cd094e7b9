"""The page with the week: toolbar, sidebar, banner, grid, inspector and status bar put side by side.

For the first paint there is the grid alone, in its place; the places of the others are kept free until `furnish`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from triluna_desktop.ui.places import RULE, SIDEBAR_WIDTH, STATUS_BAR_HEIGHT, TOOLBAR_HEIGHT

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.ui.inspector import Inspector
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.toast import Toast
    from triluna_desktop.ui.week_view import WeekView
    from triluna_desktop.ui.words import Words

NARROW = 900
"""Below this width, in pixels, the sidebar goes until it is asked for."""
NARROW_WITH_INSPECTOR = 1080
"""The same while the inspector is open: the days need the room more."""

NARROW_WITH_BOTH = 1400
"""The same while a panel stands beside the week too."""


class WeekPage(QWidget):
    """Owns the parts and their places. The inspector and the toast are made when first needed."""

    sidebar_changed = Signal(bool)
    """The user wants the sidebar, or not."""

    def __init__(self, week_view: WeekView, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._inspector: Inspector | None = None
        self._toast: Toast | None = None
        self._panel: QWidget | None = None
        self._wants_sidebar = True
        self._is_narrow = False
        self._is_furnished = False
        self.week_view = week_view
        self.setFocusProxy(week_view)
        self._column = QVBoxLayout(self)
        self._column.setSpacing(0)
        self._column.addWidget(week_view, 1)
        self._keep_places(with_sidebar=True)

    def _keep_places(self, *, with_sidebar: bool) -> None:
        side = SIDEBAR_WIDTH + RULE if with_sidebar else 0
        left, right = (0, side) if self.isRightToLeft() else (side, 0)
        self._column.setContentsMargins(left, TOOLBAR_HEIGHT + RULE, right, STATUS_BAR_HEIGHT + RULE)

    def furnish(
        self,
        theme: Theme,
        words: Words,
        clock: Clock,
        make_inspector: Callable[[], Inspector],
        make_toast: Callable[[QWidget], Toast],
    ) -> None:
        """Put everything else around the grid, which stays where it is."""
        from PySide6.QtWidgets import QHBoxLayout

        from triluna_desktop.ui.banner import Banner
        from triluna_desktop.ui.sidebar import Sidebar
        from triluna_desktop.ui.status_bar import StatusBar
        from triluna_desktop.ui.styled import rule
        from triluna_desktop.ui.toolbar import Toolbar

        # Hidden, or each part that comes would give the grid another size, and so another place to be scrolled to.
        self.hide()
        self._is_furnished = True
        self._make_inspector = make_inspector
        self._make_toast = make_toast
        self._inspector_rule = rule(is_vertical=True)
        self.toolbar = Toolbar(theme, words)
        self.sidebar = Sidebar(theme, words)
        self.banner = Banner(theme)
        self.status_bar = StatusBar(theme, words, clock)
        self._sidebar_rule = rule(is_vertical=True)
        middle = QVBoxLayout()
        middle.setSpacing(0)
        middle.addWidget(self.banner)
        middle.addWidget(self.week_view, 1)
        self._body = QHBoxLayout()
        self._body.setSpacing(0)
        self._body.addWidget(self.sidebar)
        self._body.addWidget(self._sidebar_rule)
        self._body.addLayout(middle, 1)
        self._body.addWidget(self._inspector_rule)
        self._inspector_rule.hide()
        column = self._column
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.toolbar)
        column.addWidget(rule(is_vertical=False))
        column.addLayout(self._body, 1)
        column.addWidget(rule(is_vertical=False))
        column.addWidget(self.status_bar)
        self._show_sidebar(self._wants_sidebar and not self._is_narrow)
        self.toolbar.sidebar_toggled.connect(self.toggle_sidebar)
        self.show()

    def add_strip(self, strip: QWidget) -> None:
        """Put a strip over the status bar, as wide as the window."""
        self._column.insertWidget(self._column.indexOf(self.status_bar) - 1, strip)

    def add_panel(self, panel: QWidget) -> None:
        """Take a panel that stands beside the week, hidden until `show_panel`."""
        from triluna_desktop.ui.styled import rule

        self._panel = panel
        self._panel_rule = rule(is_vertical=True)
        for widget in (self._panel_rule, panel):
            widget.hide()
            self._body.addWidget(widget)

    def show_panel(self, *, is_shown: bool) -> None:
        """Show it or take it away."""
        if self._panel is not None:
            self._panel.setVisible(is_shown)
            self._panel_rule.setVisible(is_shown)
            self._make_room()

    @property
    def inspector(self) -> Inspector:
        """The inspector, made on first use, hidden."""
        if self._inspector is None:
            self._inspector = self._make_inspector()
            self._inspector.hide()
            self._body.addWidget(self._inspector)
        return self._inspector

    @property
    def open_inspector(self) -> Inspector | None:
        """The inspector, if it is on screen."""
        return self._inspector if self._inspector is not None and self._inspector.isVisibleTo(self) else None

    @property
    def toast(self) -> Toast:
        """The toast over the grid, made on first use."""
        if self._toast is None:
            self._toast = self._make_toast(self.week_view)
        return self._toast

    def show_inspector(self) -> None:
        """Put it on screen."""
        self.inspector.show()
        self._inspector_rule.show()
        self._make_room()

    def hide_inspector(self) -> None:
        """Take it off; the grid takes the keyboard if it was in there."""
        if self._inspector is None:
            return
        focused: QWidget | None = self.focusWidget()
        had_focus = focused is not None and self._inspector.isAncestorOf(focused)
        self._inspector.hide()
        self._inspector_rule.hide()
        self._make_room()
        if had_focus:
            self.week_view.setFocus()

    def set_sidebar(self, is_wanted: bool) -> None:
        """Whether the sidebar shows where there is room."""
        self._wants_sidebar = is_wanted
        self._show_sidebar(is_wanted and not self._is_narrow)

    def toggle_sidebar(self) -> None:
        """Show or hide it. In a narrow window that holds until the width changes."""
        shown = not self.sidebar.isVisibleTo(self)
        self._show_sidebar(shown)
        if not self._is_narrow:
            self._wants_sidebar = shown
            self.sidebar_changed.emit(shown)

    def focusNextPrevChild(self, is_next: bool) -> bool:
        """Tab goes through each part as it is read, also where something was put into it later."""
        if not self._is_furnished:
            return super().focusNextPrevChild(is_next)
        from triluna_desktop.ui.tab_order import step

        parts = (self.sidebar, self._inspector, self._panel)
        present = [part for part in parts if part is not None]
        return step(self.window(), present, is_next=is_next) or super().focusNextPrevChild(is_next)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._make_room()

    def _make_room(self) -> None:
        """Hide the sidebar where it gets too narrow, and bring it back."""
        wanted = NARROW if self.open_inspector is None else NARROW_WITH_INSPECTOR
        if self._panel is not None and self._panel.isVisibleTo(self):
            wanted = NARROW_WITH_INSPECTOR if self.open_inspector is None else NARROW_WITH_BOTH
        is_narrow = self.width() < wanted
        if is_narrow is not self._is_narrow:
            self._is_narrow = is_narrow
            self._show_sidebar(self._wants_sidebar and not is_narrow)

    def _show_sidebar(self, is_shown: bool) -> None:
        if not self._is_furnished:
            self._keep_places(with_sidebar=is_shown)
            return
        self.sidebar.setVisible(is_shown)
        self._sidebar_rule.setVisible(is_shown)
