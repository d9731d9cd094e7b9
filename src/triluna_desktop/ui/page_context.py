"""What the flows of a page share: made once, when the page is furnished, and handed to each of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Session
    from triluna_desktop.system.settings import Settings
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.week_controller import WeekController
    from triluna_desktop.ui.week_page import WeekPage
    from triluna_desktop.ui.words import Words


@dataclass(frozen=True, slots=True)
class PageContext:
    """One profile, and the place on the screen where its calendar is shown.

    It knows no flow: what one flow wants of another is an argument of its own.
    """

    session: Session
    settings: Settings
    words: Words
    theme: Theme
    clock: Clock
    spawn: Spawn
    """Starts a task that is kept for as long as the page is."""
    page: WeekPage
    """The parts on the screen; owns the flows, and what they open."""
    week: WeekController
    """Which dates are shown, and how the user is told of something."""
