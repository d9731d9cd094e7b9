"""What ties the app to the desktop around it, as the settings ask for it and speak of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QCoreApplication

if TYPE_CHECKING:
    from collections.abc import Mapping

    from PySide6.QtCore import SignalInstance

translate = QCoreApplication.translate

BLOCK_NOW, SHOW_WINDOW = "block_30", "show_window"
"""The names of the global shortcuts."""


class Ties(Protocol):
    """Sentences are in the user's language, and empty where there is nothing to say."""

    @property
    def shortcuts_changed(self) -> SignalInstance:
        """Emitted when `shortcuts` may be another sentence."""
        ...

    @property
    def notifications(self) -> str:
        """Why notifications do not come through, as far as is known."""
        ...

    async def ask_notifications(self) -> str:
        """`notifications`, found out anew."""
        ...

    @property
    def starts_with_session(self) -> bool:
        """Whether the app starts when the user logs in."""
        ...

    def start_with_session(self, *, is_on: bool) -> str:
        """Let it, or not. Why that could not be written, or nothing."""
        ...

    @property
    def shortcuts(self) -> str:
        """How it stands with the global shortcuts: which keys they have, or why they have none."""
        ...

    async def ask_shortcuts(self) -> str:
        """`shortcuts`, found out anew; binds nothing."""
        ...


def shortcut_names() -> dict[str, str]:
    """What each global shortcut does, for the desktop's own list of them."""
    return {
        BLOCK_NOW: translate("Ties", "Block now: 30 min"),
        SHOW_WINDOW: translate("Ties", "Show the window"),
    }


def shortcuts_bound(triggers: Mapping[str, str]) -> str:
    """The keys that the desktop has given them."""
    names = shortcut_names()
    told = [
        translate("Ties", "{what}: {keys}").format(
            what=names[name], keys=keys or translate("Ties", "set in the desktop's settings")
        )
        for name, keys in triggers.items()
        if name in names
    ]
    return "\n".join(told)


def shortcuts_absent(state: str) -> str:
    """Why there are none, by the value of `system.global_shortcuts.ShortcutState`; then the commands help."""
    match state:
        case "no_bus" | "no_portal":
            return translate(
                "Ties",
                "This desktop does not let apps set keys that work in every program. Bind one of the commands "
                "below in its own keyboard settings instead.",
            )
        case "dismissed":
            return translate(
                "Ties",
                "You said no to the desktop's question. Switch this off and on again to be asked anew, or bind "
                "one of the commands below.",
            )
        case "failed":
            return translate(
                "Ties",
                "The desktop did not set the keys. Switch this off and on again to try it anew, or bind one of "
                "the commands below in its own keyboard settings.",
            )
        case _:
            return ""
