"""A field that takes a key as it is pressed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QKeyCombination, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QLineEdit

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

_HELD = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
        Qt.Key.Key_Hyper_L,
        Qt.Key.Key_Hyper_R,
        Qt.Key.Key_Mode_switch,
        Qt.Key.Key_Multi_key,
        Qt.Key.Key_CapsLock,
        Qt.Key.Key_NumLock,
        Qt.Key.Key_ScrollLock,
        Qt.Key.Key_unknown,
    }
)
"""Pressed together with others, before others, or to switch the keyboard: none of them means anything alone."""
_LEAVES = frozenset({Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape})
"""Who came here by the keyboard must be able to go on by it."""
_SHIFT = Qt.KeyboardModifier.ShiftModifier


class KeyField(QLineEdit):
    """Shows nothing of its own: what is pressed is told by `pressed`, in the form of `ui.keymap`."""

    pressed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setReadOnly(True)
        self.setPlaceholderText(self.tr("Press the new keys"))
        self.setAccessibleName(self.tr("New keys: press them"))
        self.setMinimumWidth(180)

    def event(self, event: QEvent) -> bool:
        """A shortcut of the window is no command here, but a key that was pressed."""
        match event:
            case QKeyEvent() if (
                event.type() is QEvent.Type.ShortcutOverride and Qt.Key(event.key()) not in _LEAVES
            ):
                event.accept()
                return True
            case _:
                return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take it."""
        key = Qt.Key(event.key())
        if key in _LEAVES and not event.modifiers() & ~_SHIFT:
            super().keyPressEvent(event)
            event.ignore()
            return
        if key not in _HELD:
            self.pressed.emit(pressed_key(event))
        event.accept()


def pressed_key(event: QKeyEvent) -> str:
    """What was pressed, as `ui.keymap` writes it: a letter or sign by what it types, else the chord."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    typed = event.text().upper()
    if not modifiers & ~_SHIFT and len(typed) == 1 and typed.isprintable() and typed != " ":
        return typed
    chord = QKeySequence(QKeyCombination(modifiers, Qt.Key(event.key())))
    return chord.toString(QKeySequence.SequenceFormat.PortableText)
