"""The strip over the grid that says what is the matter, and offers the way out. Never a dialog box."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QSizePolicy, QWidget

from triluna_desktop.ui.inspector_cards import escaped
from triluna_desktop.ui.notices import Action
from triluna_desktop.ui.shapes import Shape, ShapeButton, ShapeMark

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

    from triluna_desktop.ui.notices import Notice
    from triluna_desktop.ui.theme import Theme


_TRIES = frozenset({Action.SYNC, Action.READ_TOKEN})


class Banner(QWidget):
    """One notice at a time, or hidden."""

    action_requested = Signal(object)
    """A `notices.Action`."""
    put_away = Signal(object)
    """The notice that the user put away."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._put_away: set[str] = set()
        self.notice: Notice | None = None
        self.mark = ShapeMark(Shape.WARNING, theme, "amber")
        self.text = QLabel()
        self.text.setWordWrap(True)
        self.text.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.buttons: list[QPushButton] = []
        self._ways_out = QHBoxLayout()
        self._ways_out.setSpacing(8)
        self.close_button = ShapeButton(Shape.CLOSE, self.tr("Put this notice away"), theme)
        self.close_button.clicked.connect(self._close)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 7, 8, 7)
        row.setSpacing(10)
        row.addWidget(self.mark)
        row.addWidget(self.text, 1)
        row.addLayout(self._ways_out)
        row.addWidget(self.close_button)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        theme.changed.connect(self._show_text)
        self.hide()

    def show_notice(self, notice: Notice | None) -> None:
        """Show this one, unless the user put it away; a different one in between brings it back."""
        if notice is None or notice.key not in self._put_away:
            self._put_away.clear()
        if notice is not None and notice.key in self._put_away:
            notice = None
        if notice == self.notice:
            return
        self.notice = notice
        self.update()  # One notice may follow another on a ground of another colour.
        self.setVisible(notice is not None)
        if notice is not None:
            self._show_text()
            self._show_buttons(notice)
            self.close_button.setVisible(notice.can_be_put_away)
            self.setAccessibleName(f"{notice.text} {notice.advice}")

    def _show_text(self) -> None:
        if self.notice is None:
            return
        self.mark.show_shape(self.notice.shape, self.notice.role)
        muted = self._theme.palette.muted.name()
        text, advice = escaped(self.notice.text), escaped(self.notice.advice)
        self.text.setText(f'<b>{text}</b> <span style="color:{muted}">{advice}</span>')

    def _show_buttons(self, notice: Notice) -> None:
        for button in self.buttons:
            self._ways_out.removeWidget(button)
            button.hide()  # It goes with the event loop's next turn; until then it is in nobody's way.
            button.deleteLater()
        self.buttons = []
        for action, label in notice.actions:
            button = QPushButton(label)
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            button.clicked.connect(lambda _=False, wanted=action: self.action_requested.emit(wanted))
            self._ways_out.addWidget(button)
            self.buttons.append(button)

    def show_asking(self, *, is_asking: bool) -> None:
        """What its button asked for is being tried: the button says so."""
        for button, (action, label) in zip(self.buttons, self.notice.actions if self.notice else (), strict=False):
            if action in _TRIES:
                button.setMinimumWidth(button.width() if is_asking else 0)
                button.setText(self.tr("Trying…") if is_asking else label)

    def _close(self) -> None:
        if self.notice is not None:
            notice, self.notice = self.notice, None
            self._put_away.add(notice.key)
            self.hide()
            self.put_away.emit(notice)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QPainter(self)
        colours = self._theme.palette
        is_amber = self.notice is not None and self.notice.role != "muted"
        painter.fillRect(self.rect(), colours.amber_bg if is_amber else colours.panel)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colours.line)
        painter.end()
