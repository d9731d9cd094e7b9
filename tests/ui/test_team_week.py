"""The team week: all calendars side by side, and when the ticked ones are bookable at once."""

from __future__ import annotations

from contextlib import asynccontextmanager
from datetime import UTC, date, datetime, timedelta
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from PySide6.QtCore import QLocale, QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from tests.helpers.profiles_desk import ProfilesDesk, profiles_desk

from triluna_desktop.domain.models import Entry
from triluna_desktop.domain.team import Span
from triluna_desktop.domain.time import parse_time
from triluna_desktop.session import Changes, ConnectionState
from triluna_desktop.ui.team.team_words import TeamWords
from triluna_desktop.ui.words import Words

if TYPE_CHECKING:
    from collections.abc import AsyncIterator
    from pathlib import Path

    from tests.helpers.sandbox import SandboxProcess

    from triluna_desktop.ui.team.team_dialog import TeamDialog
    from triluna_desktop.ui.theme import Theme

NEXT_WEEK = date.today() + timedelta(days=7)  # noqa: DTZ011 - the user's own date, as in the app.
MONDAY = NEXT_WEEK - timedelta(days=NEXT_WEEK.weekday())
"""Of a week that is all to come."""


def opening(key: str, start: str, end: str, day: date) -> Entry:
    return Entry(key, day, parse_time(start), parse_time(end), is_available=True, title=key)


@asynccontextmanager
async def team(
    tmp_path: Path, theme: Theme, sandbox: SandboxProcess
) -> AsyncIterator[tuple[ProfilesDesk, TeamDialog]]:
    """Ann and Ben, whose mornings overlap on Tuesday, and Cleo, who is closed; next week is open in the window.

    One server stands for all: nothing is sent while the test looks, as its writes are held.
    """
    sandbox.faults({"kind": "hold", "method": "POST", "times": 0})
    account = (sandbox.url, sandbox.token)
    calendars = {"Ann": account, "Ben": account, "Cleo": account}
    async with profiles_desk(tmp_path, theme, calendars) as desk:
        await desk.open_all()
        tuesday = MONDAY + timedelta(days=1)
        await desk.add_entries(
            "default", opening("a", "09:00", "12:00", tuesday), opening("b", "14:00", "15:00", tuesday)
        )
        await desk.add_entries(
            "ben", opening("c", "10:00", "13:00", tuesday), opening("d", "14:30", "14:45", tuesday)
        )
        desk.window.profile.show_date(MONDAY)
        desk.window.run_command("team_week")
        assert desk.flow.team is not None
        dialog = desk.flow.team.dialog
        assert dialog is not None
        QApplication.processEvents()
        yield desk, dialog
        sandbox.clear_faults()
        sandbox.release()


def cells(dialog: TeamDialog, column: int) -> list[str]:
    """A column of the table, as it is read out."""
    return [dialog.model.index(row, column).data() for row in range(dialog.model.rowCount())]


def found(dialog: TeamDialog) -> list[str]:
    return [dialog.list.item(row).text().partition(", ")[2] for row in range(dialog.list.count())]


def tick(dialog: TeamDialog, row: int) -> None:
    """As with the keyboard: go to the calendar and press Space."""
    dialog.table.setFocus()
    dialog.table.setCurrentIndex(dialog.model.index(row, 0))
    QTest.keyClick(dialog.table, Qt.Key.Key_Space)
    QApplication.processEvents()


async def test_each_calendar_has_its_row_with_its_bookable_time(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with team(tmp_path, window_theme, sandbox) as (_, dialog):
        tuesday = next(
            column for column in range(1, 8) if dialog.model.day_of(column) == MONDAY + timedelta(days=1)
        )
        assert cells(dialog, 0) == ["Ann", "Ben", "Cleo"]
        assert cells(dialog, tuesday) == ["09:00 – 12:00, 14:00 – 15:00", "10:00 – 13:00, 14:30 – 14:45", "Closed"]
        spoken = dialog.model.index(1, tuesday).data(Qt.ItemDataRole.AccessibleTextRole)
        assert spoken.startswith("Ben, Tuesday")
        assert spoken.endswith(": 10:00 – 13:00, 14:30 – 14:45")


async def test_two_ticked_calendars_are_searched_for_common_time_of_the_wanted_length(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with team(tmp_path, window_theme, sandbox) as (desk, dialog):
        tick(dialog, 0)
        assert (found(dialog), dialog.found.text()) == (
            [],
            "Tick two or more calendars to see when all of them are bookable.",
        )
        tick(dialog, 1)
        assert found(dialog) == ["10:00 – 12:00 (2 h)"]
        dialog.length.setValue(15)
        assert found(dialog) == ["10:00 – 12:00 (2 h)", "14:30 – 14:45 (15 min)"]
        desk.click(dialog.copy_button)
        copied = QApplication.clipboard().text().splitlines()
        assert copied[0] == f"When Ann and Ben are all bookable ({datetime.now().astimezone().tzname()}):"
        assert [line.partition(", ")[2] for line in copied[1:]] == found(dialog)
        tick(dialog, 2)
        assert found(dialog) == []
        assert dialog.found.text().startswith("There is no such time in this week.")


async def test_what_is_not_sent_yet_or_cannot_be_read_is_said_beside_the_result_and_in_the_row(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with team(tmp_path, window_theme, sandbox) as (desk, dialog):
        for name in ("default", "cleo"):
            dialog.model.tick(name, is_on=True)
        assert "Not all of Ann is sent yet: callers may hear something else." in dialog.found.text()
        assert "as last read" not in dialog.found.text()
        await desk.until(lambda: desk.session("cleo").status.state is ConnectionState.SYNCED)
        sandbox.faults({"kind": "drop_before", "method": "GET", "times": 0})
        await desk.session("cleo").sync_now()
        said = "Cleo: shown as last read, the server does not answer or refuses."
        await desk.until(lambda: said in dialog.found.text())
        names = [dialog.model.index(row, 0) for row in range(3)]
        assert names[2].data(Qt.ItemDataRole.ToolTipRole) == "Cleo\nIts server cannot be reached."
        assert names[2].data(Qt.ItemDataRole.AccessibleDescriptionRole) == "Its server cannot be reached."
        assert names[0].data(Qt.ItemDataRole.AccessibleDescriptionRole).startswith("2 changes are not sent yet.")


async def test_what_is_said_beside_the_result_keeps_its_room_in_a_low_window(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with team(tmp_path, window_theme, sandbox) as (_, dialog):
        for name in ("default", "ben"):
            dialog.model.tick(name, is_on=True)
        dialog.resize(592, 352)  # A screen of 1280 x 800 at 200 %.
        QApplication.processEvents()
        assert dialog.found.height() >= dialog.found.heightForWidth(dialog.found.width())
        assert dialog.list.height() >= 2 * dialog.list.sizeHintForRow(0)
        assert dialog.copy_button.geometry().bottom() <= dialog.height()


def test_a_list_that_is_copied_names_the_zone_of_each_line_where_the_clock_changes_in_between() -> None:
    berlin = ZoneInfo("Europe/Berlin")
    spans = [
        Span(datetime(2026, 10, 23, 8, tzinfo=UTC), datetime(2026, 10, 23, 9, tzinfo=UTC)),
        Span(datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)),
    ]
    says = TeamWords(Words(QLocale("en_GB")))
    assert says.copied(["Ann", "Ben"], spans[:1], berlin).splitlines() == [
        "When Ann and Ben are all bookable (CEST):",
        "Fri 23 Oct, 10:00 – 11:00 (1 h)",
    ]
    assert says.copied(["Ann", "Ben", "Cleo"], spans, berlin).splitlines() == [
        "When Ann, Ben and Cleo are all bookable:",
        "Fri 23 Oct, 10:00 – 11:00 (1 h) CEST",
        "Sun 25 Oct, 02:00 – 02:30 (1 h 30) CEST–CET",
    ]


async def test_what_changes_in_any_calendar_is_seen_at_once(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with team(tmp_path, window_theme, sandbox) as (desk, dialog):
        tick(dialog, 0)
        tick(dialog, 1)
        friday = MONDAY + timedelta(days=4)
        await desk.add_entries("default", opening("e", "08:00", "09:00", friday))
        await desk.add_entries("ben", opening("f", "08:00", "10:00", friday))
        await desk.until(lambda: found(dialog) == ["10:00 – 12:00 (2 h)", "08:00 – 09:00 (1 h)"])
        desk.click(dialog.forward_button)
        assert found(dialog) == []
        assert dialog.model.first is not None
        assert dialog.model.first > MONDAY


async def test_a_calendar_can_be_left_out_and_a_day_opened_in_the_main_window(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with team(tmp_path, window_theme, sandbox) as (desk, dialog):
        dialog.shown_menu.actions()[2].trigger()
        QApplication.processEvents()
        assert cells(dialog, 0) == ["Ann", "Ben"]
        dialog._on_activated(dialog.model.index(1, 3))
        assert desk.listed == ["Ann", "Ben*", "Cleo"]
        assert dialog.isVisible()
        day = dialog.model.day_of(3)
        assert day is not None
        assert desk.window.profile.week.first <= day


async def test_the_bars_are_mirrored_where_one_reads_from_the_right(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with team(tmp_path, window_theme, sandbox) as (_, dialog):
        tuesday = next(
            column for column in range(1, 8) if dialog.model.day_of(column) == MONDAY + timedelta(days=1)
        )
        index = dialog.model.index(0, tuesday)
        dialog.resize(1120, 640)  # All columns are in sight.

        def is_coloured(share: float) -> bool:
            QApplication.processEvents()
            box = dialog.table.visualRect(index)
            point = QPoint(box.left() + round(box.width() * share), box.top() + 15)
            return dialog.table.viewport().grab().toImage().pixelColor(point).name() == "#5746af"

        # 09:00 of a bar from 08:00 to 18:00; 17:00 is closed.
        assert (is_coloured(0.2), is_coloured(0.85)) == (True, False)
        dialog.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
        assert (is_coloured(0.15), is_coloured(0.8)) == (False, True)


async def test_a_week_far_ahead_is_read_of_the_shown_calendar_too_and_until_then_nothing_is_said_of_it(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with team(tmp_path, window_theme, sandbox) as (desk, dialog):
        for name in ("default", "ben"):
            dialog.model.tick(name, is_on=True)
        sandbox.faults({"kind": "hold", "method": "GET", "times": 0})
        assert desk.flow.team is not None
        desk.flow.team._show(MONDAY + timedelta(weeks=40))
        assert cells(dialog, 1) == ["Not read yet"] * 3
        assert dialog.found.text() == "Nothing can be said yet: this week was not read of Ann and Ben."
        sandbox.clear_faults()
        sandbox.release()
        await desk.until(lambda: cells(dialog, 1) == ["Closed"] * 3)
        assert dialog.found.text().startswith("There is no such time")
        dialog.close()
        # Once nobody looks at it, nobody reads it either.
        assert all(desk.session(name)._engine._elsewhere is None for name in ("ben", "cleo"))


async def test_a_calendar_that_is_opened_while_the_week_is_looked_at_reads_it(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    async with profiles_desk(tmp_path, window_theme, {"Ann": account, "Ben": account}) as desk:
        await desk.until(lambda: desk.session("default").status.ever_synced)
        desk.window.profile.show_date(MONDAY + timedelta(weeks=40))
        desk.window.run_command("team_week")
        assert desk.flow.team is not None
        dialog = desk.flow.team.dialog
        assert dialog is not None
        assert cells(dialog, 1)[1] == "Opening…"
        for name in ("default", "ben"):
            dialog.model.tick(name, is_on=True)
        assert dialog.found.text() == "Nothing can be said yet: Ben will be open in a moment."
        desk.rests.end()
        await desk.until(lambda: cells(dialog, 1) == ["Closed", "Closed"])


async def test_a_team_week_that_was_closed_follows_no_calendar_any_more(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with team(tmp_path, window_theme, sandbox) as (desk, dialog):
        assert desk.flow.team is not None
        assert len(desk.flow.team._ends) == 3
        desk.session("ben")._announce(Changes(dates=None))
        assert desk.flow.team._soon.isActive(), "what has changed is to be shown next"
        dialog.close()
        QApplication.processEvents()
        assert desk.flow.team._ends == {}


async def test_the_window_of_the_team_week_fits_the_screen(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    async with team(tmp_path, window_theme, sandbox) as (_, dialog):
        room = dialog.screen().availableSize()  # Offscreen: 800 by 800.
        assert dialog.width() <= room.width() < 1120
        assert dialog.height() <= room.height()
        assert dialog.minimumSizeHint().width() <= 640


async def test_long_names_have_more_room_in_a_wide_window_and_less_in_a_narrow_one(
    tmp_path: Path, window_theme: Theme, sandbox: SandboxProcess
) -> None:
    account = (sandbox.url, sandbox.token)
    calendars = {"Maria-Magdalena Featherstonehaugh-Cholmondeley": account, "Ben": account}
    async with profiles_desk(tmp_path, window_theme, calendars) as desk:
        await desk.open_all()
        desk.window.run_command("team_week")
        assert desk.flow.team is not None
        dialog = desk.flow.team.dialog
        assert dialog is not None
        header = dialog.table.horizontalHeader()
        dialog.resize(1900, 640)
        assert header.sectionSize(0) == dialog.table.sizeHintForColumn(0)
        dialog.resize(dialog.minimumSizeHint())
        assert header.sectionSize(0) == 110
        # What the user chose stays.
        header.resizeSection(0, 222)
        dialog.resize(1900, 640)
        assert header.sectionSize(0) == 222
