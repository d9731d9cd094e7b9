"""What a session hands out beside its own methods: a use case each, made when it is first asked for."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.edits import Edit
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session.callers import Callers
    from triluna_desktop.session.offers import Offers
    from triluna_desktop.session.quick import Quick
    from triluna_desktop.session.requests import Requests
    from triluna_desktop.session.search import Search
    from triluna_desktop.session.undo import Beside
    from triluna_desktop.sync.engine import Engine
    from triluna_desktop.sync.link import Link
    from triluna_desktop.sync.ports import CalendarStore, ItemView
    from triluna_desktop.sync.server_ports import CalendarApi, RequestMeter


class Parts:
    """The base of `Session`, which fills these in."""

    _store: CalendarStore
    _clock: Clock
    _link: Link
    _mode_settings: ModeSettings
    _meter: RequestMeter | None
    _made_engine: Engine | None
    apply: Callable[[Edit, Beside], Awaitable[None]]

    def connect(self, api: CalendarApi, has_token: Callable[[], bool], meter: RequestMeter) -> None:
        """Take the way to the server. Until then there is none, and every edit stays queued on disk."""
        self._link.connect(api, has_token)
        self._meter = meter
        vars(self).pop("requests", None)  # They may have been asked for, and were counted without the meter.

    @property
    def has_answered(self) -> bool:
        """Whether the server has told its calendar in this run: else what is shown is of an earlier one."""
        return self._link.has_answered

    async def undecided(self, limit: int) -> list[ItemView]:
        """What the user is to be asked about, in the order in which it was edited, at most ``limit`` items."""
        from triluna_desktop.sync.ports import FAILED

        heads = await self._store.run(lambda tx: [head.key for head in tx.heads() if head.state in FAILED])
        views = (self._store.item_view(key) for key in dict.fromkeys(heads))
        return [view for view in views if view is not None][:limit]

    @cached_property
    def offers(self) -> Offers:
        """What callers are offered while edits are unsent."""
        from triluna_desktop.session.offers import Offers

        return Offers(self._store, self._clock, lambda: self._mode_settings)

    @cached_property
    def callers(self) -> Callers:
        """What callers are offered, and why."""
        from triluna_desktop.session.callers import Callers

        return Callers(self._store, self._clock, lambda: self._mode_settings)

    @cached_property
    def quick(self) -> Quick:
        """Block now, open now, release early."""
        from triluna_desktop.session.quick import Quick

        return Quick(self._store, self._clock, lambda: self._mode_settings, self.apply, self.offers.gap)

    @cached_property
    def requests(self) -> Requests:
        """The hour's requests: how many, when, and what is to come."""
        from triluna_desktop.session.requests import Requests

        return Requests(self._store, self._clock, self._link, self._meter, lambda: self._made_engine)

    @cached_property
    def search(self) -> Search:
        """Looking for entries and weekly hours."""
        from triluna_desktop.session.search import Search

        return Search(self._store, self._clock, lambda: self._mode_settings)
