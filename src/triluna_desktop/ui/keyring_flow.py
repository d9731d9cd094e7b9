"""When the keyring gives no token: a banner that says why, with a button that asks it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from triluna_desktop.ui.aio import Spawn
    from triluna_desktop.ui.first_run import FirstRunPage
    from triluna_desktop.ui.settings.account_actions import AccountActions, KeyringTrouble
    from triluna_desktop.ui.week_controller import WeekController


class KeyringFlow(QObject):
    """Holds the trouble until the keyring has given the token, or another one was pasted."""

    def __init__(
        self,
        week: WeekController,
        account: AccountActions,
        spawn: Spawn,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._week = week
        self._account = account
        self._spawn = spawn
        self._trouble: KeyringTrouble | None = None
        self._page: FirstRunPage | None = None
        week.token_requested.connect(lambda: self._spawn(self._read_again(), "read the token again"))

    def tell(self, trouble: KeyringTrouble | None) -> None:
        """Say what keeps the keyring from giving the token; None: nothing does any more."""
        self._trouble = trouble
        self._week.tell_keyring(trouble)
        if self._page is not None:
            self._page.tell_keyring(trouble)

    def tell_on(self, page: FirstRunPage) -> None:
        """Say it, now and from now on, on the first-run page as well, which has no banner."""
        self._page = page
        page.read_again_requested.connect(lambda: self._spawn(self._read_again(), "read the token again"))
        if self._trouble is not None:
            page.tell_keyring(self._trouble)

    async def _read_again(self) -> None:
        self._show_asking(is_asking=True)
        try:
            self.tell(await self._account.read_again())
        finally:
            self._show_asking(is_asking=False)

    def _show_asking(self, *, is_asking: bool) -> None:
        self._week.show_asking(is_asking=is_asking, of_server=False)
        if self._page is not None:
            self._page.show_asking(is_asking=is_asking)
