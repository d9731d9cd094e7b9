"""Changing many entries at once: what it would do, doing it, how far it has come, and calling it back.

The plans are made by `domain.bulk` and `domain.bulk_dates`; here they are given the calendar that they need to
know, weighed, and written. Progress is told from the outbox on disk, so it is the same after a restart.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import TYPE_CHECKING

from triluna_desktop.domain import bulk, bulk_dates
from triluna_desktop.domain.availability import availability_on
from triluna_desktop.domain.forecast import DEFAULT_PACE, Forecast, Work, requests_for
from triluna_desktop.domain.models import Entry, Pattern
from triluna_desktop.session.undo import Done
from triluna_desktop.sync.batches import Cancelled, cancel, queued_at
from triluna_desktop.sync.ports import BatchState, Changes, SendState, StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine, Iterable, Sequence

    from triluna_desktop.domain.availability import ModeSettings
    from triluna_desktop.domain.bulk import BulkPlan, Filter, Skipped
    from triluna_desktop.domain.bulk_dates import Existing, Overlap
    from triluna_desktop.domain.edits import Change
    from triluna_desktop.domain.intervals import Interval
    from triluna_desktop.domain.time import Clock
    from triluna_desktop.session import Session
    from triluna_desktop.session.templates import Templates
    from triluna_desktop.session.undo import UndoStack
    from triluna_desktop.sync.ports import CalendarStore, ItemView, Transaction

__all__ = ["BatchState", "Bulk", "BulkPreview", "Cancelled"]


@dataclass(frozen=True, slots=True)
class BulkPreview:
    """What a plan would do, before it is done."""

    rows: tuple[Change, ...]
    """In order of time; ``before`` and ``after`` say what each is."""
    skipped: tuple[Skipped, ...]
    forecast: Forecast
    """How many requests it takes where all goes well, reads among them, and how long."""
    bookable_before: int
    """Minutes that callers can book on the dates that it touches, as things stand here."""
    bookable_after: int
    is_loaded: bool
    """Whether all of these dates were read from the server; else there may be more on them than is known."""


class Bulk:
    """The bulk edits of one session. Each plan is made of what the screen shows at that moment."""

    def __init__(
        self,
        session: Session,
        store: CalendarStore,
        clock: Clock,
        past: UndoStack,
        change: Callable[[Callable[[Transaction], Changes]], Coroutine[object, object, None]],
    ) -> None:
        """``past`` is what the session can take back; ``change`` writes, alone, and announces what changed."""
        self._session = session
        self._store = store
        self._clock = clock
        self._past = past
        self._change = change

    @cached_property
    def templates(self) -> Templates:
        """Weeks that come in turn, stamped by bulk edits."""
        from triluna_desktop.session.templates import Templates

        return Templates(self._session, self._store, self._clock, self._change)

    # --- which entries

    def chosen(self, keys: Iterable[str]) -> tuple[Entry, ...]:
        """The entries with these keys, in order of time; weekly hours and what is gone are passed over."""
        views = (self._session.item(key) for key in keys)
        found = {view.item.key: view.item for view in views if view is not None and isinstance(view.item, Entry)}
        return bulk.chosen_by_keys(found.values(), found)

    def chosen_between(self, first: date, last: date, only: Filter | None = None) -> tuple[Entry, ...]:
        """The entries of the dates, both included, that pass the filter."""
        return bulk.chosen_by_dates(self._entries(first, last), first, last, only)

    def _entries(self, first: date, last: date) -> list[Entry]:
        if last < first:
            return []
        views = self._store.entry_views(first, last)
        return [view.item for view in views if isinstance(view.item, Entry)]

    # --- plans

    def move(self, chosen: Sequence[Entry], *, days: int = 0, minutes: int = 0) -> BulkPlan:
        """See `domain.bulk.move`."""
        present = {entry.key: entry for entry in chosen}
        if chosen:
            first, last = chosen[0].date, chosen[-1].date
            for span in ((first, last), (_shifted(first, days), _shifted(last, days))):
                present |= {entry.key: entry for entry in self._entries(*span)}
        return bulk.move(chosen, present.values(), days=days, minutes=minutes)

    def block_dates(
        self, first: date, last: date, *, hours: Interval, existing: Existing, title: str = ""
    ) -> BulkPlan:
        """See `domain.bulk_dates.block_dates`."""
        there = self._entries(first, last)
        return bulk_dates.block_dates(first, last, there, hours=hours, existing=existing, title=title)

    def copy_week(self, first: date, to_weeks: Sequence[date], *, overlap: Overlap) -> BulkPlan:
        """See `domain.bulk_dates.copy_week`."""
        week = self._entries(first, _shifted(first, 6))
        there = [entry for target in to_weeks for entry in self._entries(target, _shifted(target, 6))]
        return bulk_dates.copy_week(first, week, to_weeks, there, overlap=overlap)

    # --- what a plan would do, and doing it

    def preview(self, plan: BulkPlan) -> BulkPreview:
        """Weigh a plan."""
        dates = plan.dates()
        views = self._store.entry_views(min(dates), max(dates)) if dates else ()
        before = {view.item.key: view.item for view in views if isinstance(view.item, Entry)}
        after = dict(before)
        for change in plan.changes:
            if isinstance(change.after, Entry):
                after[change.key] = change.after
            else:
                after.pop(change.key, None)
        patterns = [view.item for view in self._store.pattern_views() if isinstance(view.item, Pattern)]
        settings = self._session.mode_settings
        return BulkPreview(
            rows=tuple(sorted(plan.changes, key=_in_time)),
            skipped=plan.skipped,
            forecast=self._forecast(_work(plan.changes, {view.item.key: view for view in views})),
            bookable_before=_bookable(settings, patterns, before.values(), dates),
            bookable_after=_bookable(settings, patterns, after.values(), dates),
            is_loaded=all(self._store.is_loaded(first, last) for first, last in _spans(dates)),
        )

    def _forecast(self, work: Work) -> Forecast:
        """Its own requests, and when the last of them has left: after what is queued already."""
        requests = requests_for(work, DEFAULT_PACE, has_read=True)
        return Forecast(requests, self._session.requests.forecast(work).seconds if requests else 0.0)

    async def apply(self, plan: BulkPlan) -> None:
        """Write a plan in one transaction, as one undo step, and have it sent.

        Raises:
            EditRefusedError: nothing was written.
        """
        if plan.edit is not None:
            await self._session.apply(plan.edit)

    # --- how it goes on

    @property
    def progress(self) -> BatchState | None:
        """The bulk edit that is being sent now: the oldest of those under way; None where there is none."""
        return next((batch for batch in self._store.batches() if batch.is_running), None)

    def state(self, batch: int) -> BatchState | None:
        """How far one has come, also once it is finished; None where that is not kept any more."""
        return next((each for each in self._store.batches() if each.id == batch), None)

    async def take_up(self) -> None:
        """After a start: let undo be about the bulk edits that the last run left under way, as it was then."""
        running = [batch.id for batch in self._store.batches() if batch.is_running]

        def work(tx: Transaction) -> list[Done]:
            edits = ((tx.batch_edit(batch), queued_at(tx, batch), batch) for batch in running)
            return [Done(edit, revision, batch=batch) for edit, revision, batch in edits if edit is not None]

        try:
            left = await self._store.run(work)
        except StoreError:
            return  # It goes on all the same, and Cancel is there.
        done = self._past.done
        known = [each.edit for each in done]
        done[:0] = [each for each in left if each.edit not in known]

    def is_last(self, batch: BatchState) -> bool:
        """Whether it is what undo would take back now."""
        done = self._past.done
        return bool(done) and done[-1].batch == batch.id

    def takes_back(self, batch: BatchState) -> bool:
        """Whether it is what undo made of an earlier one."""
        return any(each.batch == batch.id for each in self._past.undone)

    async def cancel(self, batch: int) -> Cancelled:
        """Take back what of a bulk edit surely was not sent. Undo then takes back what stays of it.

        Raises:
            EditRefusedError: nothing was changed; it goes on.
        """
        outcomes: list[Cancelled] = []

        def work(tx: Transaction) -> Changes:
            outcome, changes = cancel(tx, batch, self._clock.now().timestamp())
            outcomes.append(outcome)
            return changes

        await self._change(work)
        outcome = outcomes[-1]
        self._keep_for_undo(outcome)
        return outcome

    def _keep_for_undo(self, outcome: Cancelled) -> None:
        """Let undo be about what stays of the edit; after a restart it comes back into the list."""
        done, undone = self._past.done, self._past.undone
        known = [index for index, each in enumerate(done) if each.edit == outcome.whole]
        at = known[-1] if known else len(done)
        stays = outcome.stays
        done[at : at + 1] = [] if stays is None else [Done(stays, outcome.revision)]
        # Where an undo was called back, doing again what it took back would not fit any more.
        undone[:] = [each for each in undone if each.edit != outcome.whole]


def _in_time(change: Change) -> tuple[date, int, int, str]:
    item = change.after if change.after is not None else change.before
    assert isinstance(item, Entry)  # noqa: S101 - bulk edits are about entries; this tells the type checker.
    return (item.date, item.start, item.end, item.key)


def _shifted(day: date, days: int) -> date:
    """The day, or the calendar's first or last where it would lie outside."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return date.max if days > 0 else date.min


def _work(changes: Iterable[Change], views: dict[str, ItemView]) -> Work:
    """What is to be sent: nothing for what is taken into an edit that waits to be sent anyway."""
    creates = updates = deletes = 0
    for change in changes:
        view = views.get(change.key)
        if view is not None and view.state not in (SendState.SENT, SendState.CONFIRMING):
            continue
        creates += change.before is None
        deletes += change.after is None
        updates += change.before is not None and change.after is not None
    return Work(creates, updates, deletes)


def _bookable(
    settings: ModeSettings, patterns: Sequence[Pattern], entries: Iterable[Entry], dates: Iterable[date]
) -> int:
    """Minutes that callers can book on the dates."""
    on_date: defaultdict[date, list[Entry]] = defaultdict(list)
    for entry in entries:
        on_date[entry.date].append(entry)
    return sum(availability_on(day, settings, patterns, on_date[day]).minutes for day in dates)


def _spans(dates: Iterable[date]) -> list[tuple[date, date]]:
    """The dates as stretches of days one after the other, both ends included."""
    spans: list[tuple[date, date]] = []
    for day in sorted(dates):
        if spans and (day - spans[-1][1]).days == 1:
            spans[-1] = (spans[-1][0], day)
        else:
            spans.append((day, day))
    return spans
