"""Sentences about the hour's requests: how many, how often is asked, what is to come."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.session import ConnectionState
from triluna_desktop.ui.dates import time_text

if TYPE_CHECKING:
    from datetime import datetime

    from triluna_desktop.session import Status
    from triluna_desktop.session.requests import Forecast, Polling
    from triluna_desktop.ui.words import Words

_RESTING = frozenset({ConnectionState.KEEPING, ConnectionState.WAITING})
_READING = frozenset({ConnectionState.SYNCED, ConnectionState.SYNCING, ConnectionState.READ_ONLY})


class RequestWords(QObject):
    """Needs the words of the locale."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def used(self, used: int, limit: int) -> str:
        """What the meter is called: "Requests this hour: 141 of 1000"."""
        number = self._words.number
        return self.tr("Requests this hour: {used} of {limit}").format(used=number(used), limit=number(limit))

    def reading(self, status: Status, polling: Polling | None) -> str:
        """How often the server is asked for news, or until when it is not; empty where that is not the matter."""
        if status.state in _RESTING and status.retry_at is not None:
            at = self.clock_time(status.retry_at)
            if status.state is ConnectionState.KEEPING:
                return self.tr(
                    "The last requests of the hour are kept for your edits, which are sent at once. "
                    "Reading goes on at {time}."
                ).format(time=at)
            return self.tr("Nothing may be asked of the server before {time}. Edits are kept until then.").format(
                time=at
            )
        if polling is None or status.state not in _READING:
            return ""
        minutes = max(1, round(polling.seconds / 60))
        if polling.is_slowed:
            return self.tr("Checking every %n minutes to keep requests for your edits.", "", minutes)
        if minutes == 1:
            return self.tr("Checking every minute.")
        return self.tr("Checking every %n minutes.", "", minutes)

    def forecast(self, forecast: Forecast) -> str:
        """What sending what is queued takes; empty where nothing is: "312 requests, about 19 min"."""
        if forecast.requests == 0:
            return ""
        if forecast.minutes <= 1:
            return self.tr("Sending what is queued takes %n requests, less than a minute.", "", forecast.requests)
        return self.tr("Sending what is queued takes %n requests, about {time}.", "", forecast.requests).format(
            time=self._words.duration(forecast.minutes)
        )

    def elsewhere(self, requests: int) -> str:
        """How many of the hour's requests others have made with the same token; empty for none."""
        if requests == 0:
            return ""
        return self.tr("%n of them were made elsewhere with the same token.", "", requests)

    def clock_time(self, at: datetime) -> str:
        """The time on the wall: "14:30"."""
        return time_text(at.hour * 60 + at.minute, self._words.locale)
