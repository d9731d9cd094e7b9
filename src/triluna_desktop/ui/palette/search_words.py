"""What the search says: a row of what was found, how much it was, and what was looked through."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from triluna_desktop.domain.models import Entry
from triluna_desktop.session import SendState
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from datetime import date

    from triluna_desktop.session import ItemView
    from triluna_desktop.session.search import Found, Query
    from triluna_desktop.ui.words import Words


class SearchWords(QObject):
    """Sentences in the user's language. ``is_masked`` while titles are hidden."""

    def __init__(self, words: Words) -> None:
        super().__init__()
        self._words = words

    def title(self, view: ItemView, *, is_masked: bool) -> str:
        """How a row is called: its title, or what it is."""
        item = view.item
        if item.title and not is_masked:
            return item.title
        if not isinstance(item, Entry):
            return self.tr("Weekly hours, available") if item.is_available else self.tr("Weekly hours, blocked")
        return self._words.kind(item)

    def detail(self, view: ItemView, today: date) -> str:
        """When it is, and what is special about it."""
        item, locale = view.item, self._words.locale
        times = self._words.times(item)
        if not isinstance(item, Entry):
            day = locale.standaloneDayName(item.weekday or 7)
            said = self.tr("↻ {weekday}, {times}").format(weekday=day, times=times)
        else:
            is_near = abs((item.date - today).days) < 180
            day = dates.short_day_text(item.date, locale) if is_near else dates.day_text(item.date, locale)
            said = self.tr("{date}, {times}").format(date=day, times=times)
        if view.state is SendState.SENT:
            return said
        return self.tr("not sent · {when}").format(when=said)

    def spoken(self, view: ItemView, today: date, *, is_masked: bool) -> str:
        """The row for a screen reader."""
        kind = self.tr("available") if view.item.is_available else self.tr("blocked")
        return self.tr("{title}, {kind}, {when}").format(
            title=self.title(view, is_masked=is_masked), kind=kind, when=self.detail(view, today)
        )

    def go_to(self, day: date) -> str:
        """The row that leads to a date."""
        return self.tr("Go to {date}").format(date=dates.full_day_text(day, self._words.locale))

    def search_for(self, text: str) -> str:
        """The row of the palette that leads to a search."""
        return self.tr("Search for “{text}”").format(text=text)

    def hint(self, *, is_masked: bool) -> str:
        """What can be typed, before anything is."""
        if is_masked:
            return self.tr("Titles are hidden, so only dates and times count: “next tue”, “15 Jan”, “3pm”.")
        return self.tr("Words of a title or of notes, a date, a time: “dentist”, “next tue”, “tomorrow 3pm”.")

    def count(self, found: Found) -> str:
        """How much was found."""
        shown = len(found.coming) + len(found.weekly) + len(found.past)
        if shown < found.total:
            return self.tr("%n found; the first {shown} are listed.", "", found.total).format(
                shown=self._words.number(shown)
            )
        return self.tr("%n found.", "", found.total)

    def nothing(self, text: str, query: Query, *, is_masked: bool, was_read: bool) -> str:
        """That nothing was found, and what was looked through; ``was_read``: the server's calendar, too."""
        if is_masked and not query.has_when:
            return self.tr(
                "“{text}” is no date or time. Titles are hidden just now, so nothing else is searched."
            ).format(text=text)
        if is_masked:
            return self.tr("Nothing at that date and time. Titles are hidden just now and are not searched.")
        if not was_read:
            return self.tr(
                "Nothing found for “{text}” yet: the calendar has not been read from the server. It is searched "
                "again once it has been."
            ).format(text=text)
        return self.tr(
            "Nothing found for “{text}”. Searched were titles, notes and dates of all entries and weekly hours "
            "that this computer knows."
        ).format(text=text)

    def failed(self, detail: str) -> str:
        """The calendar's file could not be read."""
        return self.tr("The search failed: the calendar's file could not be read ({detail}).").format(
            detail=detail
        )
