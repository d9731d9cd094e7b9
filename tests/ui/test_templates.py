"""Every second week and A/B weeks: stamped with a preview, remembered, the reminder, and extended."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QApplication
from tests.helpers.bulk_page import BulkPage
from tests.helpers.window_page import MONDAY, THURSDAY, entry

from triluna_desktop.domain.models import Pattern
from triluna_desktop.session import EditRefusedError, RefusalReason
from triluna_desktop.session.templates import Rhythm, Slot, Template
from triluna_desktop.ui.bulk.panels import Action
from triluna_desktop.ui.notices import Action as WayOut

if TYPE_CHECKING:
    from tests.helpers.window_fixtures import MakeWindow
    from tests.helpers.window_page import WindowPage

    from triluna_desktop.ui.templates.panel import TemplatePanel

SHIFT = entry("Shift", "09:00", "12:00", is_available=True)
LATE = entry("Late", "17:00", "20:00", is_available=True, day=THURSDAY + timedelta(days=7))


def weeks(page: WindowPage, count: int = 8) -> list[list[str]]:
    """What stands on the Thursdays of some weeks."""
    return [page.entries(THURSDAY + timedelta(weeks=number)) for number in range(count)]


def stamping(page: WindowPage) -> tuple[BulkPage, TemplatePanel]:
    """The dialog, opened to stamp weeks."""
    bulk = BulkPage(page).open("stamp_weeks")
    assert bulk.dialog.chosen_action is Action.STAMP_WEEKS
    return bulk, bulk.dialog.template_panel


def remember(page: WindowPage, *, days_left: int, name: str = "Shifts") -> Template:
    """As if a template had been stamped that ends so many days after today."""
    until = THURSDAY + timedelta(days=days_left)
    template = Template(
        name, Rhythm.SECOND, MONDAY - timedelta(weeks=8), until, (Slot(3, 540, 720, True, "Shift"),)
    )
    page.runner.run(page.session.bulk.templates.remember(template))
    page.window.profile.calendar.templates.remind()
    return template


def test_every_second_week_is_stamped_as_one_step_after_a_preview(make_window: MakeWindow) -> None:
    page = make_window(SHIFT)
    bulk, panel = stamping(page)
    assert panel.first.text == "Mon, 30 Nov 2026"
    assert panel.name.text == "Every second week"
    bulk.type_into(panel.until, "31 Dec 2026")
    assert bulk.rows() == [
        "New: Thu 3 Dec, 09:00 – 12:00, available, “Shift”",
        "New: Thu 17 Dec, 09:00 – 12:00, available, “Shift”",
        "New: Thu 31 Dec, 09:00 – 12:00, available, “Shift”",
    ]
    assert "Bookable on these dates: 0 h → 9 h (+9 h)" in bulk.says()
    bulk.apply()
    assert weeks(page, 7) == [
        ["09:00-12:00 Shift"],
        [],
        ["09:00-12:00 Shift"],
        [],
        ["09:00-12:00 Shift"],
        [],
        ["09:00-12:00 Shift"],
    ]  # fmt: skip - a week each.
    (kept,) = page.session.bulk.templates.known
    assert (kept.name, kept.until) == ("Every second week", date(2026, 12, 31))


def test_two_weeks_come_in_turn(make_window: MakeWindow) -> None:
    page = make_window(SHIFT, LATE)
    bulk, panel = stamping(page)
    page.click(panel.rhythm.button("in_turn"))
    bulk.settle()
    assert panel.name.text == "A/B weeks"
    assert panel.week_b.text == "Mon, 23 Nov 2026"
    bulk.type_into(panel.until, "27 Dec 2026")
    bulk.apply()
    shift, late = ["09:00-12:00 Shift"], ["17:00-20:00 Late"]
    assert weeks(page, 7) == [shift, late, shift, late, shift, late, []]


def test_the_weekly_hours_can_be_the_template(make_window: MakeWindow) -> None:
    page = make_window(Pattern("p", 4, 540, 600, True, "Office"))
    bulk, panel = stamping(page)
    assert bulk.problem(panel.week_a) == "Nothing stands in this week that could be stamped."
    panel.source.choose("hours")
    bulk.settle()
    assert panel.of_hours.isVisibleTo(bulk.dialog)
    assert not panel.week_a.isVisibleTo(bulk.dialog)
    assert bulk.rows()[0] == "New: Thu 3 Dec, 09:00 – 10:00, available, “Office”"


def test_what_is_in_the_way_is_named_and_stamping_again_adds_nothing(make_window: MakeWindow) -> None:
    taken = entry("Taken", "11:00", "13:00", day=THURSDAY + timedelta(weeks=2))
    page = make_window(SHIFT, taken)
    bulk, panel = stamping(page)
    bulk.type_into(panel.until, "20 Dec 2026")
    assert bulk.rows()[-1] == "Left alone: Thu 3 Dec, 09:00 – 12:00, “Shift”: 11:00 – 13:00 is taken by “Taken”."
    bulk.apply()
    bulk, panel = stamping(page)
    bulk.type_into(panel.until, "20 Dec 2026")
    bulk.type_into(panel.name, "Another")
    assert all(row.startswith("Left alone") for row in bulk.rows())
    assert not bulk.dialog.apply_button.isEnabled()


def test_a_new_template_never_takes_the_place_of_one_with_its_name(make_window: MakeWindow) -> None:
    page = make_window(SHIFT, LATE)
    kept = remember(page, days_left=60, name="Every second week")
    bulk, panel = stamping(page)
    assert panel.name.text == "Every second week 2"
    bulk.type_into(panel.name, "Every second week")
    assert bulk.problem(panel.name) == (
        "A template has this name already. Choose it above to let it go on, or write another name."
    )
    assert not bulk.dialog.apply_button.isEnabled()
    bulk.type_into(panel.name, "Mine")
    bulk.apply()
    assert [each.name for each in page.session.bulk.templates.known] == ["Every second week", "Mine"]
    assert page.session.bulk.templates.named("Every second week") == kept
    assert stamping(page)[1].name.text == "Every second week 2", "what was typed was for the other one"


def test_what_cannot_be_read_is_said_at_its_field(make_window: MakeWindow) -> None:
    page = make_window(SHIFT)
    bulk, panel = stamping(page)
    bulk.type_into(panel.until, "1 Oct 2026")
    assert bulk.problem(panel.until) == "The last date must not lie before the first."
    bulk.type_into(panel.until, "1 Oct 2028")
    assert bulk.problem(panel.until) == "At most 53 weeks are stamped at once."
    bulk.type_into(panel.until, "soon")
    assert "is not a date" in bulk.problem(panel.until)
    bulk.type_into(panel.until, "1 Jan 2027")
    bulk.type_into(panel.name, "")
    assert bulk.problem(panel.name) == "It needs a name, so that you can find it again."
    bulk.type_into(panel.name, "x" * 61)
    assert bulk.problem(panel.name) == "The name may have up to 60 characters."
    assert not bulk.dialog.apply_button.isEnabled()


def test_undoing_forgets_the_template_or_ends_it_where_it_ended(make_window: MakeWindow) -> None:
    page = make_window(SHIFT)
    bulk, panel = stamping(page)
    bulk.type_into(panel.until, "20 Dec 2026")
    bulk.apply()
    page.window.run_command("undo")
    QApplication.processEvents()
    assert weeks(page)[1:] == [[]] * 7
    assert page.session.bulk.templates.known == ()
    assert page.toast.endswith("The template “Every second week” is forgotten.")
    page.window.run_command("redo")
    QApplication.processEvents()
    assert weeks(page)[2] == ["09:00-12:00 Shift"]
    kept = page.session.bulk.templates.named("Every second week")
    assert kept is not None
    assert kept.until == date(2026, 12, 20)


def test_three_weeks_before_its_end_one_is_reminded_and_can_extend_it(make_window: MakeWindow) -> None:
    page = make_window(SHIFT)
    remember(page, days_left=30)
    assert page.banner == ""
    remember(page, days_left=20)
    assert page.banner == "“Shifts” ends on Wed 9 Dec. After that your weekly hours alone hold."
    banner = page.window.profile.page.banner
    assert banner.notice is not None
    assert [way for way, _ in banner.notice.actions] == [WayOut.EXTEND]
    page.click(banner.buttons[0])
    bulk = BulkPage(page)
    bulk.settle()
    panel = bulk.dialog.template_panel
    assert panel.kept.value == "Shifts"
    assert not panel.week_a.isVisibleTo(bulk.dialog)
    assert bulk.rows()[0] == "New: Thu 17 Dec, 09:00 – 12:00, available, “Shift”"
    bulk.apply()
    assert page.banner == "", "twelve more weeks are ahead"
    assert page.entries(THURSDAY + timedelta(weeks=4)) == ["09:00-12:00 Shift"]
    page.window.run_command("undo")
    QApplication.processEvents()
    assert page.toast.endswith("The template “Shifts” ends on Wed 9 Dec again.")
    assert page.banner.startswith("“Shifts” ends on Wed 9 Dec.")


def test_one_that_has_ended_is_told_for_three_weeks(make_window: MakeWindow) -> None:
    page = make_window()
    remember(page, days_left=-3)
    assert page.banner.startswith("“Shifts” ended on Mon 16 Nov.")
    remember(page, days_left=-30)
    assert page.banner == ""


def test_the_reminder_comes_by_itself_after_a_start(make_window: MakeWindow) -> None:
    page = make_window()
    flow = page.window.profile.calendar.templates
    assert flow.looking.isActive()
    remember(page, days_left=4)
    page.window.profile.week.remind(None)
    flow.looking.timeout.emit()
    assert page.banner.startswith("“Shifts” ends on Mon 23 Nov.")


def test_a_template_can_be_forgotten_and_its_entries_stay(make_window: MakeWindow) -> None:
    page = make_window(SHIFT)
    remember(page, days_left=4)
    bulk, panel = stamping(page)
    panel.extend("Shifts")
    bulk.settle()
    page.click(panel.forget_button)
    assert not bulk.is_open
    assert page.session.bulk.templates.known == ()
    assert page.banner == ""
    assert page.toast == "The template “Shifts” is forgotten; its entries stay."
    assert page.entries() == ["09:00-12:00 Shift"]


def test_what_is_refused_is_not_remembered(make_window: MakeWindow) -> None:
    page = make_window(SHIFT)
    bulk, _ = stamping(page)
    bulk.settle()
    page.session.refusal = EditRefusedError(RefusalReason.DISK_FULL)
    bulk.apply()
    assert bulk.is_open
    assert page.session.bulk.templates.known == ()
