"""The status bar's meter, a button that opens the plot of the last hours' requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QProgressBar, QPushButton, QWidget

from triluna_desktop.ui.request_words import RequestWords

if TYPE_CHECKING:
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Session, Status
    from triluna_desktop.ui.request_popup import RequestPopup
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words


class RequestMeter(QPushButton):
    """How many requests of the hour are used: a label, a bar and the figures; its name says the same."""

    def __init__(self, theme: Theme, words: Words, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._clock = clock
        self._words = words
        self._says = RequestWords(words)
        self._popup: RequestPopup | None = None
        self.setProperty("look", "meter")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setToolTip(self.tr("Show the requests of the last hours"))
        self.label = QLabel(self.tr("Requests this hour"))
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.bar.setFixedSize(80, 5)
        self.count = QLabel()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(6, 0, 6, 0)
        row.setSpacing(6)
        for widget in (self.label, self.bar, self.count):
            widget.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
            row.addWidget(widget)
        for label in (self.label, self.count):
            label.setProperty("look", "status")

    def open_with(self, session: Session) -> None:
        """From now on it opens the plot of this session's requests."""

        def open_plot() -> None:
            from triluna_desktop.ui.request_popup import RequestPopup

            if self._popup is None:
                self._popup = RequestPopup(session, self._theme, self._words, self._clock, self)
            self._popup.open_over(self)

        self.clicked.connect(open_plot)

    @property
    def popup(self) -> RequestPopup | None:
        """The plot, if it is on screen."""
        return self._popup if self._popup is not None and self._popup.isVisible() else None

    def show_status(self, status: Status) -> None:
        """Show other figures."""
        used, limit = status.requests_this_hour, status.request_limit
        self.bar.setRange(0, max(1, limit))
        self.bar.setValue(min(used, limit))
        self.count.setText(
            self.tr("{used} of {limit}").format(used=self._words.number(used), limit=self._words.number(limit))
        )
        self.setAccessibleName(self._says.used(used, limit))
        if self.popup is not None:
            self.popup.refresh()

    def sizeHint(self) -> QSize:
        return self._row.sizeHint()

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()
