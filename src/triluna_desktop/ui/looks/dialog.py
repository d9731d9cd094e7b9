"""The overview: a year of bookable hours as a map, its weekdays, twelve weeks of it; or all of it as tables."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from triluna_desktop.ui.enter_presses import EnterDialog
from triluna_desktop.ui.looks.charts import Columns, Trend
from triluna_desktop.ui.looks.heat_map import HeatMap, Legend
from triluna_desktop.ui.looks.table import FigureTable
from triluna_desktop.ui.segments import Segment, Segments
from triluna_desktop.ui.shapes import Shape, ShapeButton
from triluna_desktop.ui.styled import take_room

if TYPE_CHECKING:
    from triluna_desktop.ui.looks.figures import YearFigures
    from triluna_desktop.ui.looks.words import LookWords
    from triluna_desktop.ui.theme import Theme

_SIZE = (1060, 568)
_TABLE_HEIGHT = 190
_KEPT, _FREE = QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Ignored


class OverviewDialog(EnterDialog):
    """Lies over the window and leaves it usable. It works nothing out: it asks for a year, and shows it."""

    year_wanted = Signal(int)
    day_chosen = Signal(object)

    def __init__(self, words: LookWords, theme: Theme, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._words = words
        self._figures: YearFigures | None = None
        self.year = today.year
        self.setWindowTitle(self.tr("Overview of bookable hours"))
        self.back_button = ShapeButton(Shape.BACK, self.tr("Previous year"), theme)
        self.forward_button = ShapeButton(Shape.FORWARD, self.tr("Next year"), theme)
        self.total = QLabel()
        self.total.setProperty("look", "heading")
        self.form = Segments(
            self.tr("Show as"),
            (Segment("charts", self.tr("Charts")), Segment("tables", self.tr("Tables"))),
        )
        self.map = HeatMap(theme, words, today)
        self.legend = Legend(theme, words)
        self.at_cursor = QLabel()
        self.weekdays_heading, self.weeks_heading = QLabel(), QLabel()
        self.weekdays = Columns(self.tr("Bookable hours by weekday"), theme, words)
        self.weeks = Trend(self.tr("Bookable hours by week"), theme, words)
        head = self.tr("Bookable")
        widest = words.not_read()
        self.year_table = FigureTable(self.tr("Bookable hours by date"), (self.tr("Date"), head), widest)
        self.weekday_table = FigureTable(self.tr("Bookable hours by weekday"), (self.tr("Weekday"), head), widest)
        self.week_table = FigureTable(self.tr("Bookable hours by week"), (self.tr("Week"), head), widest)
        self.pages = [QStackedWidget() for _ in range(3)]
        self._lay_out()
        self._show_form()
        self._connect()
        take_room(self, *_SIZE)

    def _lay_out(self) -> None:
        chart = QWidget()
        mapped = QVBoxLayout(chart)
        mapped.setContentsMargins(0, 0, 0, 0)
        mapped.setSpacing(6)
        mapped.addWidget(self.map)
        mapped.addWidget(self.at_cursor)
        mapped.addWidget(self.legend)
        mapped.addStretch(1)
        self._pairs: tuple[tuple[QWidget, FigureTable], ...] = (
            (chart, self.year_table),
            (self.weekdays, self.weekday_table),
            (self.weeks, self.week_table),
        )
        for page, pair in zip(self.pages, self._pairs, strict=True):
            pair[1].setMinimumHeight(_TABLE_HEIGHT)
            for widget in pair:
                page.addWidget(widget)
        head = QHBoxLayout()
        head.setSpacing(4)
        head.addWidget(self.back_button)
        head.addWidget(self.forward_button)
        head.addSpacing(6)
        head.addWidget(self.total, 1)
        head.addWidget(self.form)
        for label in (self.weekdays_heading, self.weeks_heading):
            label.setProperty("look", "section")
            label.setWordWrap(True)
        self.at_cursor.setWordWrap(True)
        foot = QHBoxLayout()
        foot.setSpacing(28)
        for label, page in ((self.weekdays_heading, self.pages[1]), (self.weeks_heading, self.pages[2])):
            column = QVBoxLayout()
            column.setSpacing(8)
            column.addWidget(label)
            column.addWidget(page)
            foot.addLayout(column, 1)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(20, 16, 20, 8)
        column.setSpacing(14)
        column.addLayout(head)
        column.addWidget(self.pages[0])
        column.addLayout(foot)
        column.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(inside)
        self.close_button = QPushButton(self.tr("Close"))
        self.close_button.setAutoDefault(False)
        last = QHBoxLayout()
        last.setContentsMargins(20, 0, 20, 14)
        last.addStretch(1)
        last.addWidget(self.close_button)
        whole = QVBoxLayout(self)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(6)
        whole.addWidget(scroll, 1)
        whole.addLayout(last)

    def _connect(self) -> None:
        self.back_button.clicked.connect(lambda: self._turn(-1))
        self.forward_button.clicked.connect(lambda: self._turn(1))
        self.form.chosen.connect(lambda _: self._show_form())
        self.close_button.clicked.connect(self.reject)
        self.map.cursor_moved.connect(lambda _: self._show_weeks())
        self.map.year_left.connect(lambda day: self._want(day.year))
        for chooser in (self.map, self.year_table, self.week_table):
            chooser.day_chosen.connect(self.day_chosen)

    def _turn(self, years: int) -> None:
        self._want(self.year + years)

    def _want(self, year: int) -> None:
        if date.min.year < year < date.max.year:
            self.year = year
            self.year_wanted.emit(year)

    def _show_form(self) -> None:
        shown = int(self.form.value == "tables")
        for page, pair in zip(self.pages, self._pairs, strict=True):
            page.setCurrentIndex(shown)
            # What is not on screen takes no room.
            for index, widget in enumerate(pair):
                policy = _KEPT if index == shown else _FREE
                widget.setSizePolicy(policy, policy)
        if self._figures is not None:
            self._fill_year(self._figures)
            # Who turns to the table goes on at the same date.
            row = (self.map.cursor_day - self._figures.first).days
            self.year_table.setCurrentIndex(self.year_table.figures.index(row, 0))

    # -- what is shown -------------------------------------------------------------------------------------------

    def show_figures(self, figures: YearFigures) -> None:
        """Show a year, unless another one is wanted by now."""
        if figures.year != self.year:
            return
        self._figures = figures
        self.total.setText(self._words.year_total(figures))
        self.legend.show_most(figures.most)
        self._fill_year(figures)
        self.map.show_figures(figures)

    def _fill_year(self, figures: YearFigures) -> None:
        """A row a date, where they are on screen."""
        if self.form.value == "tables":
            count = (figures.last - figures.first).days + 1
            self.year_table.figures.show_lazily(
                count, lambda number: self._row(figures.first + timedelta(days=number), figures)
            )

    @property
    def is_incomplete(self) -> bool:
        """Whether dates on screen were not read from the server when they were worked out."""
        return self._figures is None or bool(self._figures.unknown)

    def _row(self, day: date, figures: YearFigures) -> tuple[str, str, date]:
        """A date in the table."""
        label = self._words.full_day(day)
        if not figures.is_known(day):
            return label, self._words.not_read(), day
        return label, self._words.hours(figures.hours.on(day) or 0), day

    def _show_weeks(self) -> None:
        """The twelve weeks from the cursor on."""
        figures, words = self._figures, self._words
        if figures is None:
            return
        day = self.map.cursor_day
        self.at_cursor.setText(words.on(day, figures))
        weeks, weekdays = figures.weeks_from(day), figures.weekdays_from(day)
        is_known = all(figures.is_known(each.first) for each in weeks)
        self.weeks_heading.setText(words.weeks_heading(weeks[0].first, is_known=is_known))
        self.weekdays_heading.setText(words.weekdays_heading(weeks[0].first, is_known=is_known))
        names = [words.week(each) for each in weeks]
        self.weeks.show_values(
            [words.week_number(each) for each in weeks], names, [each.minutes for each in weeks]
        )
        self.week_table.figures.show_rows(
            tuple(
                (name, words.hours(each.minutes) if figures.is_known(each.first) else words.not_read(), each.first)
                for name, each in zip(names, weeks, strict=True)
            )
        )
        names, means = [words.weekday(each) for each in weekdays], [words.average(each) for each in weekdays]
        short = [words.weekday(each, is_short=True) for each in weekdays]
        self.weekdays.show_values(short, names, means)
        self.weekday_table.figures.show_rows(
            tuple((name, words.hours(mean), None) for name, mean in zip(names, means, strict=True))
        )
