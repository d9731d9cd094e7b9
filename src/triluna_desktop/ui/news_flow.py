"""*What's new*: after an update a strip says once that there is something; the page is in the help menu, too."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject

from triluna_desktop.system import settings as table
from triluna_desktop.ui import chosen
from triluna_desktop.ui.notices import Action, Notice
from triluna_desktop.ui.shapes import Shape

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from triluna_desktop.domain.changelog import Release
    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.news.page import NewsPage
    from triluna_desktop.ui.week_controller import WeekController


class NewsFlow(QObject):
    """Nothing is read while the version is the one seen last."""

    def __init__(self, settings: Settings, week: WeekController, over: QWidget) -> None:
        super().__init__(over)
        self._settings = settings
        self._week = week
        self._over = over
        self._news: tuple[Release, ...] = ()
        """What came since the version that was seen last, for as long as this run lasts."""
        self.page: NewsPage | None = None
        week.news_requested.connect(self.open)

    @property
    def version(self) -> str:
        """The version that runs."""
        return QCoreApplication.applicationVersion()

    def begin(self) -> None:
        """Say that there is something new, if so. A first run has seen nothing else, and is told of nothing."""
        seen = self._settings.get(table.APP_VERSION_SEEN)
        if not self.version or seen == self.version:
            return
        chosen.remember(self._settings, {table.APP_VERSION_SEEN: self.version})
        if not seen:
            return
        from triluna_desktop.domain.changelog import news

        self._news = news(self._all(), seen, self.version)
        if self._news:
            self._week.tell_news(
                Notice(
                    f"news:{self.version}",
                    Shape.CHECK,
                    "muted",
                    self.tr("The app was updated to {version}.").format(version=self.version),
                    "",
                    ((Action.NEWS, self.tr("What's new")),),
                    can_be_put_away=True,
                )
            )

    def open(self) -> None:
        """Show what is new; where that was seen, all of it."""
        from triluna_desktop.ui.news.page import NewsPage

        self._week.tell_news(None)
        if self.page is None:
            self.page = NewsPage(self._over)
            self.page.everything_requested.connect(lambda: self._show(self._all(), are_all=True))
        if self._news:
            self._show(self._news, are_all=False)
        else:
            self._show(self._all(), are_all=True)

    def _show(self, releases: tuple[Release, ...], *, are_all: bool) -> None:
        if self.page is not None:
            self.page.show_releases(releases, are_all=are_all, current=self.version)

    @staticmethod
    def _all() -> tuple[Release, ...]:
        from triluna_desktop.domain.changelog import read_changelog
        from triluna_desktop.ui.news.file import changelog_text

        return read_changelog(changelog_text())
