"""The words of every setting that stands on a page, by its key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QObject

from triluna_desktop.system import settings as table
from triluna_desktop.ui.settings.row_text import RowText

if TYPE_CHECKING:
    from collections.abc import Mapping

    from triluna_desktop.system.settings import AnySetting
    from triluna_desktop.ui.words import Words


class RowWords(QObject):
    """Made when the settings are opened; the words of a language are those of that moment."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words
        self._texts: Mapping[str, RowText] = {
            **self._calendar(),
            **self._sync(),
            **self._notifications(),
            **self._tray(),
            **self._appearance(),
            **self._privacy(),
            **self._advanced(),
        }

    def of(self, setting: AnySetting) -> RowText:
        """The words of a setting.

        Raises:
            KeyError: it stands on no page.
        """
        return self._texts[setting.key]

    def _calendar(self) -> dict[str, RowText]:
        words, locale = self._words, self._words.locale
        usual = locale.standaloneDayName(locale.firstDayOfWeek().value)
        weekdays = {str(day): locale.standaloneDayName(day or 7) for day in range(7)}
        return {
            table.CALENDAR_FIRST_WEEKDAY.key: RowText(
                self.tr("Weeks start on"),
                also=self.tr("first day of the week, Sunday, Monday"),
                values={"locale": self.tr("As usual here ({weekday})").format(weekday=usual), **weekdays},
            ),
            table.GRID_SNAP.key: RowText(
                self.tr("Drags go in steps of"),
                self.tr("The arrow keys move in the same steps."),
                self.tr("snap, raster, minutes, grid"),
                {minutes: words.duration(minutes) for minutes in table.GRID_SNAP.choices},
            ),
            table.GRID_HOUR_HEIGHT.key: RowText(
                self.tr("Height of an hour"),
                self.tr("As zooming with Ctrl and the wheel does."),
                self.tr("zoom, size, scale"),
                number=self.tr("{number} px", "pixels"),
            ),
            table.CALLERS_LENGTH.key: RowText(
                self.tr("Length of an appointment"),
                self.tr("What callers are offered is worked out with it, and which gaps are too short."),
                self.tr("duration, slot, meeting"),
                number=self.tr("{number} min", "minutes"),
            ),
            table.CALLERS_STEP.key: RowText(
                self.tr("From one start to the next"),
                self.tr("How far apart the times lie that callers are offered."),
                self.tr("interval, slots, appointment"),
                number=self.tr("{number} min", "minutes"),
            ),
        }

    def _sync(self) -> dict[str, RowText]:
        def every(setting: table.Setting[int]) -> dict[int, str]:
            return {
                seconds: self.tr("%n seconds", "", seconds)
                if seconds < 60
                else self._words.duration(seconds // 60)
                for seconds in setting.choices
            }

        return {
            table.SYNC_POLL_VISIBLE.key: RowText(
                self.tr("Ask the server every"),
                self.tr("While the window is on the screen. Less often where the hour's requests run short."),
                self.tr("poll, interval, refresh, requests, budget"),
                every(table.SYNC_POLL_VISIBLE),
            ),
            table.SYNC_POLL_HIDDEN.key: RowText(
                self.tr("In the background every"),
                self.tr("While the window is minimised or in the tray."),
                self.tr("poll, interval, refresh, hidden"),
                every(table.SYNC_POLL_HIDDEN),
            ),
        }

    def _notifications(self) -> dict[str, RowText]:
        tell = self.tr("notify, message, bubble, popup")
        return {
            table.NOTIFICATIONS_REFUSED.key: RowText(self.tr("The server refused a change"), also=tell),
            table.NOTIFICATIONS_CONFLICT.key: RowText(
                self.tr("A change needs your decision"),
                self.tr("It contradicts what the server has by now."),
                tell,
            ),
            table.NOTIFICATIONS_TOKEN.key: RowText(
                self.tr("The token is not accepted any more"),
                self.tr("Nothing is sent until there is another one."),
                tell,
            ),
            table.NOTIFICATIONS_SENT.key: RowText(
                self.tr("What had waited was sent"), self.tr("After a time without a connection."), tell
            ),
            table.NOTIFICATIONS_NOT_LIVE.key: RowText(
                self.tr("What you blocked is not live yet"),
                self.tr("Callers can still book it, as the server has not heard of it."),
                tell,
            ),
            table.NOTIFICATIONS_DONE.key: RowText(
                self.tr("What was blocked or opened outside of the window"),
                self.tr("From the tray, by a key or by a command; with a way to take it back."),
                tell,
            ),
            table.NOTIFICATIONS_ELSEWHERE.key: RowText(
                self.tr("Something was booked or changed elsewhere"),
                self.tr("Found out from what is kept under Privacy; with that switched off it is not told."),
                tell,
            ),
            table.NOTIFICATIONS_ENDING.key: RowText(self.tr("A block ends in five minutes"), also=tell),
            table.NOTIFICATIONS_QUIET.key: RowText(
                self.tr("Quiet hours"),
                self.tr("What happens then is told afterwards, together."),
                self.tr("do not disturb, night, silence"),
            ),
            table.NOTIFICATIONS_QUIET_FROM.key: RowText(
                self.tr("Quiet from"), also=self.tr("do not disturb, night, silence")
            ),
            table.NOTIFICATIONS_QUIET_TO.key: RowText(
                self.tr("Quiet until"), also=self.tr("do not disturb, night, silence")
            ),
        }

    def _tray(self) -> dict[str, RowText]:
        return {
            table.WINDOW_CLOSE_TO_TRAY.key: RowText(
                self.tr("Closing the window keeps the app in the tray"),
                self.tr("Where there is no tray, closing the window ends the app."),
                self.tr("background, hide, quit, icon"),
            ),
            table.WINDOW_START_HIDDEN.key: RowText(
                self.tr("Start hidden in the tray"),
                self.tr("Where there is no tray, the window is shown."),
                self.tr("minimised, background, autostart"),
            ),
        }

    def _appearance(self) -> dict[str, RowText]:
        language = QLocale.system().nativeLanguageName() or "English"
        return {
            table.APPEARANCE_THEME.key: RowText(
                self.tr("Colours"),
                also=self.tr("theme, dark mode, night, black"),
                values={
                    "system": self.tr("As the system has it"),
                    "light": self.tr("Light"),
                    "dark": self.tr("Dark"),
                },
            ),
            table.APPEARANCE_DENSITY.key: RowText(
                self.tr("Density"),
                self.tr("Compact lists, fields and buttons take less room."),
                self.tr("compact, comfortable, spacing, row height, size"),
                {"comfortable": self.tr("Comfortable"), "compact": self.tr("Compact")},
            ),
            table.APPEARANCE_CLOCK.key: RowText(
                self.tr("Times"),
                self.tr("You may type them either way."),
                self.tr("12 hours, 24 hours, AM, PM, clock, format"),
                {
                    "locale": self.tr("As usual here"),
                    "12": self.tr("12 hours (2:30 PM)"),
                    "24": self.tr("24 hours (14:30)"),
                },
            ),
            table.APPEARANCE_LANGUAGE.key: RowText(
                self.tr("Language"),
                self.tr(
                    "The app speaks English so far. With the system's language, the names of days and months are "
                    "in that one."
                ),
                self.tr("locale, translation, English"),
                {
                    "system": self.tr("The system's ({language})").format(language=language),
                    "en": "English",
                },
            ),
        }

    def _privacy(self) -> dict[str, RowText]:
        return {
            table.PRIVACY_MASK_TITLES.key: RowText(
                self.tr("Hide titles and notes"),
                self.tr(
                    "While you share your screen: the calendar shows “Busy” and “Available” instead. "
                    "The status bar says so as long as it is on."
                ),
                self.tr("mask, share the screen, presentation, private"),
            ),
            table.PRIVACY_HISTORY.key: RowText(
                self.tr("Keep what was changed on this computer"),
                self.tr(
                    "Versions that were replaced can be looked at and restored. Switched off, no more are kept, "
                    "and you are not told of what is changed elsewhere; those that are there stay until they are "
                    "cleared."
                ),
                self.tr("history, log, versions, record"),
            ),
            table.PRIVACY_HISTORY_DAYS.key: RowText(
                self.tr("Keep them for"),
                self.tr("Older versions are removed for good, once a day."),
                self.tr("history, days, retention"),
                {days: self.tr("%n days", "", days) for days in table.PRIVACY_HISTORY_DAYS.choices},
            ),
        }

    def _advanced(self) -> dict[str, RowText]:
        return {
            table.GRID_SINGLE_LETTER_KEYS.key: RowText(
                self.tr("Single letters are commands while the grid has the keyboard"),
                self.tr(
                    "Switch them off if you speak to the computer, or press keys by accident. Other keys still "
                    "work."
                ),
                self.tr("keyboard, letters, hotkeys"),
            ),
            table.SHORTCUTS_GLOBAL.key: RowText(
                self.tr("Keys that work in every program"),
                self.tr(
                    "The desktop is asked for keys to block and open time, and may ask you. Where it has no way "
                    "to do that, bind the commands below."
                ),
                self.tr("global shortcut, hotkey, portal, background"),
            ),
            table.ACCOUNT_BASE_URL.key: RowText(
                self.tr("Address of the API"),
                self.tr(
                    "The token was given for this address alone: with another one the app forgets it and asks "
                    "again."
                ),
                self.tr("server, base URL, host"),
            ),
            table.NETWORK_PROXY.key: RowText(
                self.tr("Proxy"),
                self.tr("A server on this computer is always reached directly."),
                self.tr("network, firewall, connection"),
                {
                    "system": self.tr("As the system has it"),
                    "none": self.tr("None"),
                    "address": self.tr("This one"),
                },
            ),
            table.NETWORK_PROXY_ADDRESS.key: RowText(
                self.tr("Address of the proxy"),
                self.tr("As in http://proxy.example.org:8080, without a name or a password."),
                self.tr("network, host, port"),
            ),
            table.LOG_LEVEL.key: RowText(
                self.tr("The log tells"),
                self.tr("The log stays on this computer and holds no token."),
                self.tr("log level, debug, verbose, diagnostics"),
                {
                    "error": self.tr("only errors"),
                    "warning": self.tr("errors and warnings"),
                    "info": self.tr("what happens"),
                    "debug": self.tr("everything"),
                },
            ),
        }
