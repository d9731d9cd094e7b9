"""What the pages of the settings are called: in the list of them before they are made, and in their headings."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from triluna_desktop.system.settings import Page

translate = QCoreApplication.translate


def titles() -> dict[Page, str]:
    """All of them, in the order of the list, in the user's language."""
    return {
        Page.ACCOUNT: translate("SettingsPages", "Account"),
        Page.CALENDAR: translate("SettingsPages", "Calendar"),
        Page.SYNC: translate("SettingsPages", "Sync"),
        Page.NOTIFICATIONS: translate("SettingsPages", "Notifications"),
        Page.TRAY: translate("SettingsPages", "Tray and start"),
        Page.SHORTCUTS: translate("SettingsPages", "Shortcuts"),
        Page.APPEARANCE: translate("SettingsPages", "Appearance"),
        Page.PRIVACY: translate("SettingsPages", "Privacy"),
        Page.ADVANCED: translate("SettingsPages", "Advanced"),
    }
