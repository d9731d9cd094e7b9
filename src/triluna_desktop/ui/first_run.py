"""The page on which the app opens without a token: connect your account, choose mode and hours; or the demo."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.ui.first_steps.hours_step import HoursStep
from triluna_desktop.ui.first_steps.mode_step import ModeStep
from triluna_desktop.ui.settings.guide import Guide
from triluna_desktop.ui.settings.token_form import TokenForm
from triluna_desktop.ui.styled import change_look

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.settings.account_actions import AccountActions, KeyringTrouble
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words

_WIDTH = 560
ACCOUNT, MODE, HOURS = range(3)
"""The steps."""


class FirstRunPage(QScrollArea):
    """Three steps, each of which can be passed over: the account, the calendar mode, the hours."""

    demo_requested = Signal()
    settings_requested = Signal()
    read_again_requested = Signal()
    """The keyring shall be asked for the token again."""
    under_way = Signal()
    """The user goes through the steps: the page stays until `finished`."""
    finished = Signal()
    shown = Signal(int)
    """A step is on the screen now."""

    def __init__(
        self,
        account: AccountActions,
        spawn: Spawn,
        words: Words,
        theme: Theme,
        *,
        has_account: bool = True,
        parent: QWidget | None = None,
    ) -> None:
        """Without an account, as in the demo, there is no such step."""
        super().__init__(parent)
        self._first = ACCOUNT if has_account else MODE
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.form = TokenForm(account, spawn)
        self.mode = ModeStep(theme)
        self.hours = HoursStep(words)
        self.demo_button = QPushButton(self.tr("Try the demo"))
        self.again_button = QPushButton(self.tr("Read it again"))
        self.again_button.hide()
        self.settings_button = QPushButton(self.tr("Settings…"))
        self.settings_button.setProperty("look", "flat")
        self.welcome = QLabel(self.tr("Your TriLuna calendar, on the desktop"))
        self.welcome.setProperty("look", "welcome")
        self.welcome.setWordWrap(True)
        self.where = QLabel()
        self.where.setProperty("look", "small")
        self.back_button = QPushButton()
        self.back_button.setProperty("look", "link")
        self.back_button.hide()
        self.previous_button = QPushButton(self.tr("Back"))
        self.later_button = QPushButton(self.tr("Leave the rest for later"))
        self.later_button.setProperty("look", "flat")
        self.next_button = QPushButton()
        self.step = self._first
        self._is_saved = False
        """Whether a token was saved here."""
        self._go_back: Callable[[], None] = lambda: None
        """Shows the calendar that is offered last."""
        self._steps = (self._account_step(), self._card(self.tr("Calendar mode"), self.mode),
                       self._card(self.tr("Your hours"), self.hours))  # fmt: skip
        self._build()
        self._connect()
        self.show_step(self._first)

    def _build(self) -> None:
        foot = QHBoxLayout()
        foot.setSpacing(8)
        foot.addWidget(self.previous_button)
        foot.addWidget(self.settings_button)
        foot.addStretch(1)
        foot.addWidget(self.later_button)
        foot.addWidget(self.next_button)
        column = QVBoxLayout()
        column.setSpacing(16)
        column.addWidget(self.back_button, 0, Qt.AlignmentFlag.AlignLeading)
        column.addStretch(2)
        column.addWidget(self.welcome)
        column.addWidget(self.where)
        for step in self._steps:
            column.addWidget(step)
        column.addLayout(foot)
        column.addStretch(3)
        middle = QWidget()
        middle.setMaximumWidth(_WIDTH)
        middle.setLayout(column)
        inside = QWidget()
        row = QHBoxLayout(inside)
        row.setContentsMargins(24, 16, 24, 16)
        row.addStretch(1)
        row.addWidget(middle, 100)
        row.addStretch(1)
        self.setWidget(inside)

    def _connect(self) -> None:
        self.demo_button.clicked.connect(lambda: self.demo_requested.emit())
        self.settings_button.clicked.connect(lambda: self.settings_requested.emit())
        self.again_button.clicked.connect(lambda: self.read_again_requested.emit())
        self.previous_button.clicked.connect(lambda: self.show_step(self.step - 1))
        self.next_button.clicked.connect(self.go_on)
        self.later_button.clicked.connect(lambda: self.finished.emit())
        self.back_button.clicked.connect(lambda: self._go_back())
        self.form.saved.connect(self._on_saved)
        self.form.refused.connect(self._on_refused)
        self.form.edit.installEventFilter(self)

    # -- the steps -----------------------------------------------------------------------------------------------

    def show_step(self, step: int) -> None:
        """Show one of the steps, and give it the keyboard."""
        self.step = step
        for number, part in enumerate(self._steps):
            part.setVisible(number == step)
        self.where.setText(
            self.tr("Step {number} of {count}").format(
                number=self.locale().toString(step + 1 - self._first),
                count=self.locale().toString(len(self._steps) - self._first),
            )
        )
        self.settings_button.setVisible(step == ACCOUNT)
        self.previous_button.setVisible(step > self._first)
        self.later_button.setVisible(step < HOURS)
        self._show_next()
        self.verticalScrollBar().setValue(0)
        self.shown.emit(step)
        if self.isVisible():
            self.take_focus()
            said = f"{self.where.text()}: {self._steps[step].accessibleName()}"
            QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, said))

    def _show_next(self) -> None:
        is_tested = self.step == ACCOUNT and self._is_saved
        text = self.tr("Show my week") if self.step == HOURS else self.tr("Next")
        if self.step == ACCOUNT and not is_tested:
            text = self.tr("Skip this step")
        self.next_button.setText(text)
        look = "" if self.step == ACCOUNT and not is_tested else "primary"
        change_look(self.next_button, look)

    def begin(self) -> None:
        """Go through the steps from the first one."""
        self.show_step(self._first)

    def go_on(self) -> None:
        """To the next step, or to the week."""
        self.under_way.emit()
        if self.step == HOURS:
            self.finished.emit()
        else:
            self.show_step(self.step + 1)

    def _on_saved(self) -> None:
        self._is_saved = True
        self.under_way.emit()
        self.tell_keyring(None)
        self._show_next()
        self.next_button.setFocus()

    def _on_refused(self) -> None:
        """The way on is not through this token: another can be pasted over it at once."""
        self._is_saved = False
        self._show_next()
        if self.step == ACCOUNT:
            self.form.edit.setFocus()

    def take_focus(self) -> None:
        """The keyboard goes to what the step is about."""
        if self.step == MODE:
            self.mode.take_focus()
        elif self.step == HOURS:
            self.hours.take_focus()
        else:
            (self.next_button if self._is_saved else self.form.edit).setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Enter in the field saves the token, and does not go on to the page as well."""
        if (
            watched is self.form.edit
            and isinstance(event, QKeyEvent)
            and event.type() is QEvent.Type.KeyPress
            and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        ):
            self.form.save()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes on, Alt+Left back; a button knows itself what Enter does."""
        focused: QWidget | None = self.focusWidget()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if isinstance(focused, QPushButton):
                focused.click()
            else:
                self.go_on()
        elif event.matches(QKeySequence.StandardKey.Back) and self.step > self._first:
            self.show_step(self.step - 1)
        else:
            super().keyPressEvent(event)

    @property
    def is_saving(self) -> bool:
        """Whether a token is being saved or tested."""
        return not self.form.save_button.isEnabled()

    # -- what is told --------------------------------------------------------------------------------------------

    def tell_keyring(self, trouble: KeyringTrouble | None) -> None:
        """Say what keeps the keyring from giving the token, and offer to ask it again; None: nothing does."""
        self.again_button.setVisible(trouble is not None)
        if trouble is not None:
            self.form.tell_unread(trouble)

    def show_asking(self, *, is_asking: bool) -> None:
        """The keyring is being asked."""
        self.again_button.setEnabled(not is_asking)
        self.again_button.setText(self.tr("Trying…") if is_asking else self.tr("Read it again"))

    def offer_way_back(self, way: tuple[str, Callable[[], None]] | None) -> None:
        """Offer to show another calendar, by its title, while this one has no account; None: there is no other."""
        self.back_button.setVisible(way is not None)
        if way is not None:
            title, self._go_back = way
            shown = title.replace("&", "&&")  # What stands behind a single one would be taken for a key.
            self.back_button.setText(self.tr("Back to “{title}”").format(title=shown))

    def _account_step(self) -> QWidget:
        purpose = QLabel(self.tr("See the week, drag to open or block time, and callers are offered just that."))
        purpose.setProperty("look", "muted")
        purpose.setWordWrap(True)
        inside = QWidget()
        parts = QVBoxLayout(inside)
        parts.setContentsMargins(0, 0, 0, 0)
        parts.setSpacing(14)
        parts.addWidget(Guide())
        parts.addWidget(self.form)
        parts.addWidget(self.again_button, 0, Qt.AlignmentFlag.AlignLeading)
        step = QWidget()
        step.setAccessibleName(self.tr("Connect your account"))
        column = QVBoxLayout(step)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(16)
        column.addWidget(purpose)
        column.addWidget(self._card(self.tr("Connect your account"), inside))
        column.addWidget(self._demo_card())
        return step

    @staticmethod
    def _card(name: str, inside: QWidget) -> QFrame:
        card = QFrame()
        card.setProperty("look", "card")
        card.setAccessibleName(name)
        heading = QLabel(name)
        heading.setProperty("look", "heading")
        column = QVBoxLayout(card)
        column.setContentsMargins(20, 18, 20, 20)
        column.setSpacing(14)
        column.addWidget(heading)
        column.addWidget(inside)
        return card

    def _demo_card(self) -> QFrame:
        card = QFrame()
        card.setProperty("look", "card")
        text = QLabel(self.tr("No account at hand? The demo shows a sample calendar and sends nothing anywhere."))
        text.setWordWrap(True)
        row = QHBoxLayout(card)
        row.setContentsMargins(20, 14, 20, 14)
        row.setSpacing(14)
        row.addWidget(text, 1)
        row.addWidget(self.demo_button)
        return card
