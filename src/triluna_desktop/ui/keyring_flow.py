"""When the keyring gives no token: a banner that says why, with a button that asks it again."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine

    from triluna_desktop.ui.settings.account_actions import AccountActions, KeyringTrouble
    from triluna_desktop.ui.settings.token_form import TokenForm
    from triluna_desktop.ui.week_controller import WeekController


class KeyringFlow(QObject):
    """Holds the trouble until the keyring has given the token, or another one was pasted."""

    def __init__(
        self,
        week: WeekController,
        account: AccountActions,
        spawn: Callable[[Coroutine[object, object, object], str], object],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._week = week
        self._account = account
        self._spawn = spawn
        self._trouble: KeyringTrouble | None = None
        week.token_requested.connect(lambda: self._spawn(self._read_again(), "read the token again"))

    def tell(self, trouble: KeyringTrouble | None) -> None:
        """Say what keeps the keyring from giving the token; None: nothing does any more."""
        self._trouble = trouble
        self._week.tell_keyring(trouble)

    def tell_on(self, form: TokenForm) -> None:
        """Say it on the first-run page, which has no banner."""
        if self._trouble is not None:
            form.tell_unread(self._trouble)

    async def _read_again(self) -> None:
        self._week.show_asking(is_asking=True, of_server=False)
        try:
            self.tell(await self._account.read_again())
        finally:
            self._week.show_asking(is_asking=False, of_server=False)
