"""The bar at the foot: how things stand with the server, what is not sent, the hour's requests, the zone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QPainter, QPen, QPolygonF
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QPushButton, QWidget

from triluna_desktop.domain.remote import Trouble
from triluna_desktop.session import ConnectionState
from triluna_desktop.ui.elided_label import ElidedLabel
from triluna_desktop.ui.places import STATUS_BAR_HEIGHT
from triluna_desktop.ui.request_meter import RequestMeter
from triluna_desktop.ui.shapes import Shape, ShapeButton
from triluna_desktop.ui.trouble_words import in_short

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QResizeEvent, QShowEvent

    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Status
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words

_TICK_MS = 1000
_ASKING_MS = 500
"""How long "Asking…" stands at least: an answer that comes at once would leave no trace of the click."""
_CLOCK_TREMOR = 60.0
"""Seconds that the wall clock may be put right by without anything being said differently."""
_CALM = frozenset({ConnectionState.SYNCED})
_BUSY = frozenset(
    {
        ConnectionState.SYNCING,
        ConnectionState.LOADING,
        ConnectionState.WAITING,
        ConnectionState.KEEPING,
        ConnectionState.PAUSED,
    }
)


class StateDot(QWidget):
    """Synced: a filled dot. Busy: a ring. Offline: a square. Trouble: a triangle. The shape says it too."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._state = ConnectionState.LOADING
        self.setFixedSize(10, 10)

    def show_state(self, state: ConnectionState) -> None:
        """Draw another state."""
        self._state = state
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colours = self._theme.palette
        painter.setPen(Qt.PenStyle.NoPen)
        if self._state in _CALM:
            painter.setBrush(colours.ok)
            painter.drawEllipse(QRectF(1, 1, 8, 8))
        elif self._state in _BUSY:
            painter.setPen(QPen(colours.accent, 1.6))
            painter.drawEllipse(QRectF(1.8, 1.8, 6.4, 6.4))
        elif self._state is ConnectionState.OFFLINE:
            painter.setBrush(colours.muted)
            painter.drawRect(QRectF(1.5, 1.5, 7, 7))
        else:
            painter.setBrush(colours.amber)
            painter.drawPolygon(QPolygonF((QPointF(5, 0.8), QPointF(9.6, 9.2), QPointF(0.4, 9.2))))
        painter.end()


class StatusBar(QFrame):
    """Words first; what does not fit goes in order: the meter's label, the zone, the meter."""

    sync_requested = Signal()
    unmask_requested = Signal()
    """Titles and notes are to be seen again."""

    def __init__(self, theme: Theme, words: Words, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._clock = clock
        self._status: Status | None = None
        self.setProperty("look", "bar")
        self.setFixedHeight(STATUS_BAR_HEIGHT)
        self.dot = StateDot(theme)
        self.state = QLabel()
        self.refresh_button = ShapeButton(Shape.REFRESH, self.tr("Ask the server now"), theme)
        self.refresh_button.setFixedSize(22, 22)
        self.refresh_button.clicked.connect(lambda: self.sync_requested.emit())
        self.unsent = QLabel()
        self.masked = QPushButton(self.tr("Titles hidden"))
        self.masked.setProperty("look", "link")
        self.masked.setToolTip(self.tr("Titles and notes are hidden. Press to show them."))
        self.masked.setAccessibleDescription(self.masked.toolTip())
        self.masked.clicked.connect(lambda: self.unmask_requested.emit())
        self.masked.hide()
        self.meter = RequestMeter(theme, words, clock)
        self.zone = QLabel()
        for label in (self.state, self.zone):
            label.setProperty("look", "status")
        self.offers = ElidedLabel()
        for label in (self.unsent, self.offers):
            label.setProperty("look", "status-amber")
        self.offers.hide()
        row = self._row = QHBoxLayout(self)
        row.setContentsMargins(14, 0, 14, 0)
        row.setSpacing(6)
        row.addWidget(self.dot)
        row.addWidget(self.state)
        row.addWidget(self.refresh_button)
        row.addSpacing(6)
        row.addWidget(self.unsent)
        row.addSpacing(6)
        row.addWidget(self.offers)
        row.addStretch(1)
        row.addWidget(self.masked)
        row.addWidget(self.meter)
        row.addSpacing(4)
        row.addWidget(self.zone)
        self._shown_at, self._shown_for = clock.now(), clock.monotonic()
        self._is_asking = False
        self.asked = QTimer(self)
        self.asked.setSingleShot(True)
        self.asked.setInterval(_ASKING_MS)
        self.asked.timeout.connect(self._show_state)
        self.timer = QTimer(self)
        self.timer.setInterval(_TICK_MS)
        self.timer.timeout.connect(self._tick)

    def show_status(self, status: Status) -> None:
        """Show another status."""
        self._status, self._shown_at, self._shown_for = status, self._clock.now(), self._clock.monotonic()
        self.unsent.setText(self._unsent_text(status))
        self.meter.show_status(status)
        self._show_state()
        self._fit()

    def show_offers(self, sentence: str) -> None:
        """Say what callers are offered while something is unsent; nothing where they see what they should."""
        self.offers.say(sentence)
        self._fit()

    def show_masked(self, *, is_on: bool) -> None:
        """Say that titles and notes are hidden, as long as they are."""
        self.masked.setVisible(is_on)
        self._fit()

    def show_keys(self, keys: dict[str, str]) -> None:
        """Name in the tip the key that does the same, by the name of the command; none where the user has none."""
        self.refresh_button.set_name(self.refresh_button.accessibleName(), keys.get("sync", ""))

    def show_asking(self, *, is_asking: bool) -> None:
        """The user asked for it to be tried now: show that it is, whatever the trouble was before."""
        self._is_asking = is_asking
        if is_asking:
            self.asked.start()
        self._show_state()

    def _show_state(self) -> None:
        if self._status is not None:
            is_asking = self._is_asking or self.asked.isActive()
            state = ConnectionState.ERROR if _is_one_way(self._status) else self._status.state
            self.dot.show_state(ConnectionState.SYNCING if is_asking else state)
        self._tick()

    def state_text(self, status: Status) -> str:
        """How things stand, in a few words."""
        if self._is_asking or self.asked.isActive():
            return self.tr("Asking the server…")
        if _is_one_way(status):
            return self._since(
                status,
                self.tr("Read {ago} – the server confirms no changes at present"),
                self.tr("The server confirms no changes at present"),
            )
        match status.state:
            case ConnectionState.NO_TOKEN:
                return self.tr("No account connected")
            case ConnectionState.LOADING:
                return self.tr("Loading the calendar…")
            case ConnectionState.SYNCED:
                return self._since(status, self.tr("Synced {ago}"), self.tr("Synced"))
            case ConnectionState.SYNCING:
                return self.tr("Syncing…")
            case ConnectionState.OFFLINE:
                return self._until(status, self.tr("Offline – trying again in {wait}"), self.tr("Offline"))
            case ConnectionState.NEEDS_TOKEN:
                return self.tr("Token refused")
            case ConnectionState.READ_ONLY:
                return self.tr("Read only")
            case ConnectionState.PAUSED:
                return self.tr("Syncing is paused")
            case ConnectionState.WAITING:
                if status.trouble is Trouble.SERVER_ERROR:
                    going_on = self.tr("The server is busy and asks to wait – going on in {wait}")
                else:
                    going_on = self.tr("No more requests are allowed just now – going on in {wait}")
                return self._until(status, going_on, self.tr("Waiting for the server"))
            case ConnectionState.KEEPING:
                return self._until(
                    status,
                    self.tr("Keeping the hour's last requests for your edits – reading again in {wait}"),
                    self.tr("Keeping the hour's last requests for your edits"),
                )
            case ConnectionState.ERROR:
                what = in_short(status.trouble)
                again = self.tr("{what} – trying again in {wait}").replace("{what}", what)
                return self._until(status, again, what)

    def _since(self, status: Status, timed: str, untimed: str) -> str:
        seconds = -_CLOCK_TREMOR
        if status.last_synced is not None:
            seconds = (self._clock.now() - status.last_synced).total_seconds()
        if seconds <= -_CLOCK_TREMOR:  # Never; or the computer's clock was set back since.
            return untimed
        return timed.format(ago=self._words.ago(seconds))

    def _until(self, status: Status, timed: str, untimed: str) -> str:
        if status.retry_at is None:
            return untimed
        # By the clock that nobody sets: the wall clock may have been put right since the status was made.
        left = (status.retry_at - self._shown_at).total_seconds() - (self._clock.monotonic() - self._shown_for)
        return timed.format(wait=self._words.wait(left)) if left > 0 else untimed

    def _unsent_text(self, status: Status) -> str:
        waiting = _waiting(status)
        parts = []
        if waiting > 0:
            parts.append(self.tr("%n changes not sent yet", "", waiting))
        if status.needs_decision:
            parts.append(self.tr("%n changes need your decision", "", status.needs_decision))
        return " · ".join(parts)

    def _tick(self) -> None:
        now = self._clock.now()  # Its zone changes while the window is open: people travel.
        zone = getattr(now.tzinfo, "key", None) or now.tzname() or ""
        if zone != self.zone.text():
            self.zone.setText(zone)
            self._fit()
        if self._status is not None:
            text = self.state_text(self._status)
            if text != self.state.text():
                self.state.setText(text)
                self._fit()

    def _fit(self) -> None:
        """Let go of the less needed where the bar is too narrow, one after the other."""
        givers = ((self.meter.label,), (self.zone,), (self.meter,))
        for group in givers:
            for widget in group:
                widget.show()
        for group in givers:
            self.meter.updateGeometry()  # A part of it that comes or goes says nothing to the bar around it.
            if self._row.sizeHint().width() <= self.width():
                return
            for widget in group:
                widget.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._tick()
        self.timer.start()

    def hideEvent(self, event: QHideEvent) -> None:
        self.timer.stop()
        super().hideEvent(event)


def _waiting(status: Status) -> int:
    """How many changes go out by themselves."""
    return status.unsent - status.needs_decision


def _is_one_way(status: Status) -> bool:
    """Whether reads are answered and changes are not: it would be no whole truth to say "Synced"."""
    return status.state is ConnectionState.SYNCED and not status.confirms_writes and _waiting(status) > 0
