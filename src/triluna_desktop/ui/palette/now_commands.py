"""*Block now*, *Open now* and *Release early* as commands of the palette."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from triluna_desktop.session.quick import ForMinutes, RestOfDay, UntilNextEntry, What
from triluna_desktop.ui.palette.grid_commands import read_only
from triluna_desktop.ui.window_commands import WindowCommand

if TYPE_CHECKING:
    from collections.abc import Callable

    from triluna_desktop.session import Session
    from triluna_desktop.session.quick import Until
    from triluna_desktop.ui.quick_flow import QuickFlow

translate = QCoreApplication.translate


class NowCommands:
    """Each with its deed; they have no keys of their own."""

    def __init__(self, session: Session, flow: QuickFlow) -> None:
        self._session = session
        self._flow = flow
        self._table: tuple[tuple[str, str, What, Until], ...] = (
            ("block_now_15", translate("NowCommands", "Block now: 15 min"), What.BLOCK, ForMinutes(15)),
            ("block_now_30", translate("NowCommands", "Block now: 30 min"), What.BLOCK, ForMinutes(30)),
            ("block_now_60", translate("NowCommands", "Block now: 60 min"), What.BLOCK, ForMinutes(60)),
            ("block_now_next", translate("NowCommands", "Block now: until the next entry"), What.BLOCK,
             UntilNextEntry()),
            ("block_now_day", translate("NowCommands", "Block now: rest of the day"), What.BLOCK, RestOfDay()),
            ("open_now_15", translate("NowCommands", "Open now: 15 min"), What.OPEN, ForMinutes(15)),
            ("open_now_30", translate("NowCommands", "Open now: 30 min"), What.OPEN, ForMinutes(30)),
            ("open_now_60", translate("NowCommands", "Open now: 60 min"), What.OPEN, ForMinutes(60)),
            ("open_now_next", translate("NowCommands", "Open now: until the next entry"), What.OPEN,
             UntilNextEntry()),
            ("open_now_day", translate("NowCommands", "Open now: rest of the day"), What.OPEN, RestOfDay()),
        )  # fmt: skip

    @property
    def deeds(self) -> dict[str, Callable[[], object]]:
        """What each name does."""
        deeds: dict[str, Callable[[], object]] = {"release_early": self._flow.release}
        for name, _, what, until in self._table:
            deeds[name] = lambda what=what, until=until: self._flow.do(what, until)  # type: ignore[misc] # mypy knows no default of a lambda.
        return deeds

    def listed(self) -> list[WindowCommand]:
        """All of them, as things stand."""
        group = translate("NowCommands", "Now")
        release = translate("NowCommands", "Release early")
        reason = read_only() if self._session.is_read_only else ""
        unreleased = reason
        if not reason and not self._session.quick.can_release:
            unreleased = translate(
                "NowCommands", "There is nothing to release: no quick block or opening is in force."
            )
        return [
            *(WindowCommand(name, group, text, (), (), not reason, reason) for name, text, _, _ in self._table),
            WindowCommand("release_early", group, release, (), (), not unreleased, unreleased),
        ]
