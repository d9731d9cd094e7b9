"""The pages of the settings as they are made: whole where one is asked for, else a step at a time.

All at once a page takes up to 25 ms, most of it for the style of its widgets, and the window answers nobody
meanwhile.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from triluna_desktop.system.settings import Page
    from triluna_desktop.ui.settings.page import SettingsPage


class PageMaking:
    """``makers`` give empty pages. ``begun`` is told of each of them, ``finished`` once it is whole."""

    def __init__(
        self,
        makers: Mapping[Page, Callable[[], SettingsPage]],
        begun: Callable[[Page, SettingsPage], object],
        finished: Callable[[SettingsPage], object],
    ) -> None:
        self._makers = makers
        self._tell_begun = begun
        self._tell_finished = finished
        self._steps: dict[Page, tuple[SettingsPage, Iterator[None]]] = {}
        """Of pages that are begun and not whole, what is left to do."""
        self._awaited: dict[Page, list[Callable[[], object]]] = {}
        self.made: dict[Page, SettingsPage] = {}
        """The pages that are whole."""

    @property
    def is_done(self) -> bool:
        """Whether all are whole."""
        return len(self.made) == len(self._makers)

    def when_made(self, page: Page, then: Callable[[], object]) -> None:
        """Do something once a page is whole, which may be now."""
        if page in self.made:
            then()
        else:
            self._awaited.setdefault(page, []).append(then)

    def whole(self, page: Page) -> SettingsPage:
        """A page, made now as far as it is not."""
        while page not in self.made:
            self._step_of(page)
        return self.made[page]

    def step(self, first: Page | None = None) -> None:
        """One step, of the page ``first`` while that is not whole, else of the next one in order."""
        for page in (first, *self._makers):
            if page is not None and page not in self.made:
                self._step_of(page)
                return

    def _step_of(self, page: Page) -> None:
        if page not in self._steps:
            empty = self._makers[page]()
            self._tell_begun(page, empty)
            self._steps[page] = (empty, empty.make())
        made, steps = self._steps[page]
        if next(steps, self) is self:
            del self._steps[page]
            self.made[page] = made
            self._tell_finished(made)
            for then in self._awaited.pop(page, ()):
                then()
            made.show_settings()
        _polish(made)
        made.sizeHint()  # It is kept, and else asked of all pages at once when another one is turned to.


def _polish(page: QWidget) -> None:
    """Give new widgets their style: Qt would do so when the page is shown first, to all of them at once."""
    for widget in page.findChildren(QWidget):
        if not widget.testAttribute(Qt.WidgetAttribute.WA_WState_Polished):
            widget.ensurePolished()
