"""A page object for the window of the weekly hours: its grid by weekday and time, its list, its fields."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMenu
from tests.helpers.week_page import WeekPage

from triluna_desktop.domain.time import format_time

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from tests.helpers.live_window import LiveWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.domain.models import Pattern
    from triluna_desktop.ui.inspector_fields import Field
    from triluna_desktop.ui.main_window import MainWindow
    from triluna_desktop.ui.weekly.dialog import WeeklyDialog
    from triluna_desktop.ui.weekly.view import WeeklyView

NAMES = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")


class WeeklyGrid(WeekPage):
    """The grid of the window, dragged as the week's is; its first column is Monday."""

    def __init__(self, view: WeeklyView) -> None:
        self.view = view


class WeeklyPage:
    """The window as a person uses it."""

    def __init__(self, page: WindowPage | LiveWindow) -> None:
        self._window: MainWindow = page.window

    @property
    def dialog(self) -> WeeklyDialog:
        """The window, which must be open."""
        dialog = self._window.profile.calendar.weekly.dialog
        assert dialog is not None
        assert dialog.isVisible(), "the window is closed"
        return dialog

    @property
    def is_open(self) -> bool:
        """Whether it is open."""
        dialog = self._window.profile.calendar.weekly.dialog
        return dialog is not None and dialog.isVisible()

    @property
    def grid(self) -> WeeklyGrid:
        """The grid."""
        return WeeklyGrid(self.dialog.editing.view)

    def open(self) -> WeeklyPage:
        """Open it by its command."""
        self._window.run_command("weekly_hours")
        self.dialog.resize(1180, 760)
        self.dialog.activateWindow()
        QTest.qWaitForWindowActive(self.dialog)
        QApplication.processEvents()  # Qt moves the keyboard there a moment after the window.
        self.dialog.editing.view.scroll_to(7 * 60)
        return self

    # -- reading ---------------------------------------------------------------------------------------------

    @property
    def draft(self) -> list[str]:
        """The draft in words: "tue 09:00-17:00 available Calls"."""
        return [in_words(each) for each in self.dialog.editing.editor.draft.stretches]

    def rows(self) -> list[str]:
        """The list as a screen reader says it."""
        model = self.dialog.editing.table.stretches
        return [_spoken(model, row) for row in range(model.rowCount())]

    def review(self) -> list[str]:
        """The lines of what would change, as a screen reader says them."""
        assert self.dialog.is_reviewing
        model = self.dialog.review.rows
        return [_spoken(model, row) for row in range(model.rowCount())]

    @property
    def message(self) -> str:
        """The sentence under the week, or nothing."""
        card = self.dialog.editing.message
        return card.sentence.text() if card.isVisibleTo(self.dialog) else ""

    def sentences(self, inside: QWidget) -> list[str]:
        """All labels that are on screen inside a widget."""
        labels = inside.findChildren(QLabel)
        return [label.text() for label in labels if label.text() and label.isVisibleTo(inside)]

    # -- doing -----------------------------------------------------------------------------------------------

    def click(self, button: QWidget) -> None:
        """Click what is on screen and can be pressed."""
        QApplication.processEvents()
        assert button.isVisibleTo(self.dialog), "it is not on screen"
        assert button.isEnabled(), "it cannot be pressed"
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        QApplication.processEvents()

    def press(self, key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key where the keyboard is."""
        target = self.dialog.focusWidget()
        assert target is not None
        QTest.keyClick(target, key, keys)
        QApplication.processEvents()

    def type_into(self, field: Field, text: str) -> None:
        """Replace what stands in a field, key by key, and leave it with Enter."""
        field.editor.setFocus()
        field.editor.selectAll()
        if text:
            QTest.keyClicks(field.editor, text)
        else:
            QTest.keyClick(field.editor, Qt.Key.Key_Delete)
        QTest.keyClick(field.editor, Qt.Key.Key_Return)

    def choose(self, *texts: str) -> None:
        """Choose from the menu that is open."""
        (menu,) = (each for each in self.dialog.findChildren(QMenu) if each.isVisible())
        for text in texts:
            action = next(each for each in menu.actions() if each.text() == text)
            assert action.isEnabled()
            action.trigger()
        menu.close()
        QApplication.processEvents()

    def apply(self) -> None:
        """Look at what would change, and apply it."""
        self.click(self.dialog.review_button)
        self.click(self.dialog.apply_button)


def in_words(each: Pattern) -> str:
    """A stretch: "tue 09:00-17:00 available Calls"."""
    kind = "available" if each.is_available else "blocked"
    return f"{NAMES[each.weekday]} {format_time(each.start)}-{format_time(each.end)} {kind} {each.title}".strip()


def _spoken(model: object, row: int) -> str:
    index = model.index(row, 0)  # type: ignore[attr-defined] # Either of two models.
    return str(model.data(index, Qt.ItemDataRole.AccessibleTextRole))  # type: ignore[attr-defined] # As above.
