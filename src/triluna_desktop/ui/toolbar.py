"""The bar on top: where in time one is, how to get elsewhere, and what a drag makes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QLocale, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from triluna_desktop.ui import dates
from triluna_desktop.ui.menu_button import MenuButton
from triluna_desktop.ui.places import TOOLBAR_HEIGHT
from triluna_desktop.ui.segments import Segment, Segments
from triluna_desktop.ui.shapes import Shape, ShapeButton

if TYPE_CHECKING:
    from datetime import date

    from PySide6.QtGui import QPaintEvent, QResizeEvent

    from triluna_desktop.ui.theme import Theme
    from triluna_desktop.ui.words import Words


_SPACING = 6
_BEFORE_NOTE = 10
"""Pixels between the title and the note."""


class PeriodTitle(QWidget):
    """The dates shown and the week's number; as much of it as fits."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._titles: tuple[str, ...] = ("",)
        self._note = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setMinimumWidth(48)

    def show_period(self, titles: tuple[str, ...], note: str) -> None:
        """Show the first title that fits, and the note behind it if there is room."""
        self._titles, self._note = titles, note
        self.setAccessibleName(f"{titles[0]}, {note}" if note else titles[0])
        self.setToolTip(self.accessibleName())
        self.updateGeometry()
        self.update()

    @property
    def text(self) -> str:
        """The whole title."""
        return self._titles[0]

    @property
    def note(self) -> str:
        """The week's number in words."""
        return self._note

    def shown(self) -> tuple[str, str]:
        """The title and the note that there is room for.

        The second title is the first with short names: it is taken to keep the note. The others say less.
        """
        title_font, note_font = self._fonts()
        wide, beside = QFontMetrics(title_font), QFontMetrics(note_font)
        width = self.width()
        left = width - (_BEFORE_NOTE + beside.horizontalAdvance(self._note) if self._note else 0)
        for title in self._titles[:2]:
            if wide.horizontalAdvance(title) <= left:
                return title, self._note
        for title in self._titles:
            needed = wide.horizontalAdvance(title)
            if needed <= width:
                return title, self._note if needed <= left else ""
        return wide.elidedText(self._titles[-1], Qt.TextElideMode.ElideRight, width), ""

    def _fonts(self) -> tuple[QFont, QFont]:
        """Of the title and of the note."""
        title, note = QFont(self.font()), QFont(self.font())
        title.setPixelSize(16)
        title.setWeight(QFont.Weight.DemiBold)
        note.setPixelSize(13)
        note.setWeight(QFont.Weight.Normal)
        return title, note

    def sizeHint(self) -> QSize:
        return QSize(320, 30)

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: ARG002 - Qt's signature.
        painter = QPainter(self)
        # The title reads as its own language does: "22." stays so in a window from right to left.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        title, note = self.shown()
        title_font, note_font = self._fonts()
        painter.setFont(title_font)
        painter.setPen(self._theme.palette.text)
        align = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        painter.drawText(self.rect(), self._visual(align), title)
        used = painter.fontMetrics().horizontalAdvance(title) + _BEFORE_NOTE
        painter.setFont(note_font)
        painter.setPen(self._theme.palette.muted)
        rest = QRect(0 if self.isRightToLeft() else used, 1, self.width() - used, self.height())
        painter.drawText(rest, self._visual(align), note)
        painter.end()

    def _visual(self, align: Qt.AlignmentFlag) -> Qt.AlignmentFlag:
        side = Qt.AlignmentFlag.AlignRight if self.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
        return (align & Qt.AlignmentFlag.AlignVertical_Mask) | side | Qt.AlignmentFlag.AlignAbsolute


class Toolbar(QFrame):
    """Emits what was asked for; the main window does it."""

    today_requested = Signal()
    turn_requested = Signal(int)
    """Forward (1) or back (-1) by what is shown."""
    view_chosen = Signal(str)
    """"day" or "week"."""
    brush_chosen = Signal(bool)
    """True: a drag makes available time."""
    settings_requested = Signal()
    sidebar_toggled = Signal()
    command_requested = Signal(str)
    """A command of `commands`, by its name."""
    now_requested = Signal(object)
    """The menu of *Block now* under this button."""

    def __init__(self, theme: Theme, words: Words, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._is_read_only = False
        self._keys: dict[str, str] = {}
        self.setProperty("look", "bar")
        self.setFixedHeight(TOOLBAR_HEIGHT)
        self.sidebar_button = ShapeButton(Shape.SIDEBAR, self.tr("Hide or show the sidebar"), theme)
        self.today_button = QPushButton(self.tr("Today"))
        self.today_button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.back_button = ShapeButton(Shape.BACK, "", theme)
        self.forward_button = ShapeButton(Shape.FORWARD, "", theme)
        self.title = PeriodTitle(theme)
        self.view = Segments(
            self.tr("View"),
            (
                Segment("day", self.tr("Day"), self.tr("Show one day")),
                Segment("week", self.tr("Week"), self.tr("Show a week")),
            ),
        )
        self.brush = Segments(
            self.tr("What a drag makes"),
            (
                Segment(
                    "open",
                    self.tr("Make available"),
                    self.tr("A drag makes available time"),
                    "open",
                    self.tr("Open"),
                ),
                Segment("block", self.tr("Block time"), self.tr("A drag blocks time"), "block", self.tr("Block")),
            ),
        )
        self._saved_by_short = self.brush.saved_by_short()
        self.more_button = ShapeButton(Shape.MORE, self.tr("More"), theme)
        self.help_button = ShapeButton(Shape.QUESTION, self.tr("Help"), theme)
        self.settings_button = ShapeButton(Shape.GEAR, self.tr("Settings"), theme)
        self.hours_button = QPushButton(self.tr("Weekly hours…"))
        self.now_button = MenuButton(self.tr("Block now"))
        self.search_button = ShapeButton(Shape.SEARCH, self.tr("Search"), theme)
        self._roomy = (self.search_button, self.now_button, self.hours_button)
        """What is in other places, too, and here where there is room; the first come first."""
        for each in self._roomy:
            each.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            each.hide()
        row = QHBoxLayout(self)
        row.setContentsMargins(10, 0, 10, 0)
        row.setSpacing(_SPACING)
        row.addWidget(self.sidebar_button)
        row.addWidget(self.today_button)
        row.addWidget(self.back_button)
        row.addWidget(self.forward_button)
        row.addSpacing(6)
        row.addWidget(self.title, 1)
        row.addWidget(self.view)
        row.addSpacing(4)
        row.addWidget(self.brush)
        row.addSpacing(4)
        row.addWidget(self.hours_button)
        row.addWidget(self.now_button)
        row.addWidget(self.search_button)
        row.addWidget(self.more_button)
        row.addWidget(self.help_button)
        row.addWidget(self.settings_button)
        self._connect()

    def minimumSizeHint(self) -> QSize:
        """With the short words of the brush: a small screen has room for no more."""
        whole = super().minimumSizeHint()
        return QSize(self._whole_width() - self._saved_by_short, whole.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        self._fit()
        super().resizeEvent(event)

    def event(self, event: QEvent) -> bool:
        """Of another density, buttons have another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return super().event(event)

    def _fit(self) -> None:
        """Show the whole words where they fit, and more buttons where the title keeps its room."""
        least = self._whole_width()
        self.brush.show_short(self.width() < least)
        room = self.width() - least - (self.title.sizeHint().width() - self.title.minimumWidth())
        for each in self._roomy:
            room -= each.sizeHint().width() + _SPACING
            each.setVisible(room >= 0)

    def _whole_width(self) -> int:
        """Pixels that the bar takes at least with the whole words."""
        shown = sum(each.minimumSizeHint().width() + _SPACING for each in self._roomy if not each.isHidden())
        saved = self._saved_by_short if self.brush.is_short else 0
        return super().minimumSizeHint().width() - shown + saved

    def _connect(self) -> None:
        self.sidebar_button.clicked.connect(lambda: self.sidebar_toggled.emit())
        self.today_button.clicked.connect(lambda: self.today_requested.emit())
        self.back_button.clicked.connect(lambda: self.turn_requested.emit(-1))
        self.forward_button.clicked.connect(lambda: self.turn_requested.emit(1))
        self.view.chosen.connect(self.view_chosen)
        self.brush.chosen.connect(lambda value: self.brush_chosen.emit(value == "open"))
        self.hours_button.clicked.connect(lambda: self.command_requested.emit("weekly_hours"))
        self.now_button.clicked.connect(lambda: self.now_requested.emit(self.now_button))
        self.search_button.clicked.connect(lambda: self.command_requested.emit("search"))
        self.more_button.clicked.connect(self._open_more)
        self.help_button.clicked.connect(self._open_help)
        self.settings_button.clicked.connect(lambda: self.settings_requested.emit())

    def _open_more(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        finds = ((self.tr("Search…"), "search"), (self.tr("Go to a date…"), "go_to_date"))
        changes = (
            (self.tr("Quick add…"), "quick_add"),
            (self.tr("Block a range of dates…"), "block_dates"),
            (self.tr("Copy this week to…"), "copy_week"),
            (self.tr("Stamp weeks in turn (A/B weeks)…"), "stamp_weeks"),
            (self.tr("Change many…"), "bulk"),
        )
        tells = (
            (self.tr("Weekly hours…"), "weekly_hours"),
            (self.tr("What callers are offered"), "caller_preview"),
            (self.tr("Things to look at…"), "warnings"),
            (self.tr("Copy openings"), "copy_openings"),
            (self.tr("Save free and busy times…"), "save_free_busy"),
            (self.tr("Print this week…"), "print_week"),
            (self.tr("Save this week as PDF…"), "save_pdf"),
        )
        for group in (finds, changes, tells):
            for text, name in group:
                action = menu.addAction(text)
                action.setEnabled(group is not changes or not self._is_read_only)
                action.triggered.connect(lambda _=False, each=name: self.command_requested.emit(each))
            menu.addSeparator()
        self._show_under(menu, self.more_button)

    def _open_help(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for text, name in (
            (self.tr("Keyboard shortcuts"), "shortcuts"),
            (self.tr("All commands…"), "palette"),
            (self.tr("First steps…"), "first_steps"),
            (self.tr("What's new…"), "whats_new"),
        ):
            action = menu.addAction(text)
            action.triggered.connect(lambda _=False, each=name: self.command_requested.emit(each))
        self._show_under(menu, self.help_button)

    def _show_under(self, menu: QMenu, button: QWidget) -> None:
        x = button.width() - menu.sizeHint().width() if not self.isRightToLeft() else 0
        menu.popup(button.mapToGlobal(QPoint(x, button.height() + 2)))

    def show_period(self, first: date, days: int) -> None:
        """Say which dates are on screen."""
        locale = self._words.locale
        long = dates.range_title(first, days, locale)
        if days == 1:
            name = locale.dayName(first.isoweekday())
            note = name
            back, forward = self.tr("Previous day"), self.tr("Next day")
        else:
            note = self.tr("Week {number}").format(number=self._words.number(dates.week_number(first)))
            back, forward = self.tr("Previous week"), self.tr("Next week")
        short = dates.range_title(first, days, locale, short=True)
        month = dates.month_text(first.year, first.month, locale)
        shortest = locale.standaloneMonthName(first.month, QLocale.FormatType.ShortFormat)
        self.title.show_period((long, short, month, shortest), note)
        self.back_button.set_name(back, self._keys.get("back", ""))
        self.forward_button.set_name(forward, self._keys.get("forward", ""))
        self.view.choose("day" if days == 1 else "week")

    def show_keys(self, keys: dict[str, str]) -> None:
        """Name in the tips the keys that do the same, by the name of the command; none where the user has none."""
        self._keys = keys
        self.sidebar_button.set_name(self.sidebar_button.accessibleName(), keys.get("sidebar", ""))
        self.settings_button.set_name(self.settings_button.accessibleName(), keys.get("settings", ""))
        self.search_button.set_name(self.search_button.accessibleName(), keys.get("search", ""))
        self.back_button.set_name(self.back_button.accessibleName(), keys.get("back", ""))
        self.forward_button.set_name(self.forward_button.accessibleName(), keys.get("forward", ""))
        for row, names in (
            (self.view, {"day": "day", "week": "week"}),
            (self.brush, {"open": "brush_open", "block": "brush_block"}),
        ):
            for value, name in names.items():
                row.show_key(value, keys.get(name, ""))

    def show_brush(self, *, is_available: bool) -> None:
        """Show what a drag makes."""
        self.brush.choose("open" if is_available else "block")

    def set_read_only(self, is_read_only: bool) -> None:
        """A calendar that cannot be changed has no brush."""
        self.brush.setEnabled(not is_read_only)
        self.now_button.setEnabled(not is_read_only)
        self._is_read_only = is_read_only
