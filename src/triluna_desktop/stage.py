"""The window and the profile in it: how one is put there, and what is said of its file and its token."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from triluna_desktop.store.db import Damage
from triluna_desktop.ui.main_window import MainWindow
from triluna_desktop.ui.profile_page import ProfilePage

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.profile import Profile
    from triluna_desktop.profile_run import ProfileRun
    from triluna_desktop.store.db import OpenReport
    from triluna_desktop.system.secrets import LoadedToken
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.settings.account_actions import AccountActions
    from triluna_desktop.ui.theme import Theme


_log = logging.getLogger(__name__)


class Stage:
    """Makes the window with a first profile; the constructor does what the first paint needs.

    ``account_of`` gives what the pages do with a profile's token; ``shown`` is told of each other profile that is
    put there.
    """

    def __init__(
        self,
        profile: Profile,
        theme: Theme,
        *,
        spawn: Spawn,
        account_of: Callable[[Profile], AccountActions],
        try_demo: Callable[[], None],
        closed: Callable[[], None],
    ) -> None:
        self.profile = profile
        """The one in the window."""
        self.shown: list[Callable[[Profile], None]] = []
        self._theme = theme
        self._spawn = spawn
        self._account_of = account_of
        self._try_demo = try_demo
        self.window = MainWindow(self._make_page(profile), closed=closed)

    def furnish(self, *, is_demo: bool = False) -> None:
        """Make what the first paint could do without."""
        self.window.furnish(spawn=self._spawn, account=self._account_of(self.profile), is_demo=is_demo)

    def set_visible(self, is_visible: bool) -> None:
        """The window came, or went."""
        self.profile.session.set_visible(is_visible)

    def focused(self) -> None:
        """The window got the keyboard."""
        self.profile.session.window_focused()

    def show(self, run: ProfileRun, *, raises: bool) -> bool:
        """Put a profile into the window; ``raises``: and it before the others. False: what is shown may not go."""
        profile = run.profile
        if profile is not self.profile:
            if not self.window.may_leave():
                self.window.bring_up()
                return False
            before, self.profile = self.profile, profile
            self.window.show_profile(
                self._make_page(profile), spawn=self._spawn, account=self._account_of(profile)
            )
            before.session.set_visible(visible=False)
            self.set_visible(self.window.isVisible() and not self.window.isMinimized())
            profile.session.window_focused()
            tell_of_damage(self.window, profile.opened)
            self.tell_of_token(run)
            for told in self.shown:
                told(profile)
        if raises:
            self.window.bring_up()
        return True

    def tell_of_token(self, run: ProfileRun) -> None:
        """The keyring was asked for a profile's token; say what came of it where that profile is shown."""
        if run.token is not None and run.profile is self.profile:
            tell_of_keyring(
                self.window,
                run.token,
                is_expected=run.is_token_asked_again or bool(run.profile.account.token_hint),
            )

    def _make_page(self, profile: Profile) -> ProfilePage:
        ground = profile.ground
        return ProfilePage(profile.session, ground.settings, self._theme, ground.clock, try_demo=self._try_demo)


def tell_of_damage(window: MainWindow, opened: OpenReport) -> None:
    """Say that the file was damaged: unsent edits may have gone with it, and nobody else knows of them."""
    if opened.damage is None:
        return
    _log.warning(
        "The calendar's file was %s; set aside: %s, edits saved: %d",
        opened.damage.value,
        opened.set_aside,
        opened.saved_ops,
    )
    from triluna_desktop.ui.damage_words import DamageWords

    words, aside = DamageWords(), str(opened.set_aside or "")
    match opened.damage:
        case Damage.MISSING:
            window.report(words.gone(), advice=words.look())
        case Damage.EMPTY:
            window.report(words.empty(), advice=words.look())
        case Damage.CORRUPT:
            window.report(words.damaged(opened.saved_ops), aside, words.kept(aside))


def tell_of_keyring(window: MainWindow, loaded: LoadedToken, *, is_expected: bool) -> None:
    """Say why there is no token where there should be one."""
    if loaded.trouble is None or loaded.token is not None or not is_expected:
        window.profile.keyring.tell(None)
        return
    from triluna_desktop.window_account import keyring_trouble

    window.profile.keyring.tell(keyring_trouble(loaded.trouble))
