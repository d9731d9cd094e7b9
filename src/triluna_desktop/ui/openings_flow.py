"""Telling others when one can be booked: copied as text, saved as free and busy times, printed, saved as PDF."""

from __future__ import annotations

from datetime import UTC, timedelta
from typing import TYPE_CHECKING

from PySide6.QtCore import QDir, QMimeData, QObject, QSaveFile, QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QDialog, QFileDialog

from triluna_desktop.domain.models import Entry, Pattern, new_key
from triluna_desktop.grid.scene import build_scene
from triluna_desktop.grid.shown import Layers, Mark
from triluna_desktop.ui import dates

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from PySide6.QtGui import QPaintDevice
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter

    from triluna_desktop.domain.availability import DayAvailability
    from triluna_desktop.ui.opening_words import OpeningWords
    from triluna_desktop.ui.page_context import PageContext
    from triluna_desktop.ui.week_print import PrintedWeek


class OpeningsFlow(QObject):
    """Made with the window. Nothing of it leaves this computer but what the user pastes, sends or prints."""

    def __init__(self, context: PageContext) -> None:
        super().__init__(context.page)
        self._session, self._page, self._week = context.session, context.page, context.week
        self._words, self._clock = context.words, context.clock
        self.file_dialog: QFileDialog | None = None
        self.print_dialog: QPrintDialog | None = None

    @property
    def commands(self) -> dict[str, Callable[[], object]]:
        """By the names of `ui.commands`."""
        return {
            "copy_openings": self.copy,
            "save_free_busy": self.ask_for_free_busy,
            "print_week": self.print_week,
            "save_pdf": self.ask_for_pdf,
        }

    # -- as text -------------------------------------------------------------------------------------------------

    def copy(self) -> None:
        """Put what is bookable of the dates on screen into the clipboard, as text and as HTML."""
        days = self._openings()
        says = self._says
        text = says.text(days)
        if not text:
            self._week.say(says.nothing())
            return
        both = QMimeData()
        both.setText(text)
        both.setHtml(says.html(days))
        QGuiApplication.clipboard().setMimeData(both)
        if not self._is_known(self._week.first, self._week.days):
            sentence = self.tr("Copied, but not all of these dates were read from the server yet: {openings}")
        elif self._differs(self._week.first, self._week.days):
            sentence = self.tr("Copied as it will be once your changes are sent: {openings}")
        else:
            sentence = self.tr("Copied: {openings}")
        self._week.say(sentence.format(openings=text))

    def _is_known(self, first: date, days: int) -> bool:
        return self._session.callers.is_known(first, first + timedelta(days=days - 1))

    def _differs(self, first: date, days: int) -> bool:
        """Whether callers are not offered just this yet, as edits are not sent."""
        callers = self._session.callers
        return callers.openings(first, days, are_sent=True) != callers.openings(first, days)

    def _openings(self) -> tuple[DayAvailability, ...]:
        return self._session.callers.openings(self._week.first, self._week.days)

    @property
    def _says(self) -> OpeningWords:
        from triluna_desktop.ui.opening_words import OpeningWords

        return OpeningWords(self._words, self._clock.now())

    # -- as a file -----------------------------------------------------------------------------------------------

    def ask_for_free_busy(self) -> None:
        """Ask where to save free and busy times of the dates on screen, as iCalendar."""
        if not any(day.bookable for day in self._openings()):
            self._week.say(self._says.nothing())
            return
        self._ask_for_file(
            self.tr("Save free and busy times"), self.tr("iCalendar (*.ics)"), "ics", self.save_free_busy
        )

    def save_free_busy(self, path: str) -> None:
        """Write them to a file, whole or not at all."""
        from triluna_desktop.integrations.ics import free_busy

        now = self._clock.now()
        zone = now.tzinfo or UTC
        text = free_busy(self._openings(), zone, uid=f"{new_key()}@triluna-desktop", stamp=now)
        file = QSaveFile(path)
        done = file.open(QSaveFile.OpenModeFlag.WriteOnly) and file.write(text.encode()) >= 0 and file.commit()
        self._tell_saved(path, "" if done else file.errorString(), self._week.first, self._week.days)

    def ask_for_pdf(self) -> None:
        """Ask where to save the week as a PDF."""
        self._ask_for_file(self.tr("Save the week as PDF"), self.tr("PDF (*.pdf)"), "pdf", self.save_pdf)

    def save_pdf(self, path: str) -> None:
        """Write the week to a PDF, whole or not at all."""
        from PySide6.QtGui import QPdfWriter

        from triluna_desktop.ui.week_print import DOTS_PER_INCH, page_layout

        file = QSaveFile(path)
        done = file.open(QSaveFile.OpenModeFlag.WriteOnly)
        if done:
            week = self._printed_week()
            writer = QPdfWriter(file)
            writer.setResolution(DOTS_PER_INCH)
            writer.setPageLayout(page_layout())
            writer.setTitle(week.title)
            writer.setCreator("TriLuna Desktop")
            done = self._paint(writer, week) and file.commit()
        self._tell_saved(path, "" if done else file.errorString(), self._week.shown_week()[0], 7)

    def _ask_for_file(self, title: str, kind: str, suffix: str, save: Callable[[str], None]) -> None:
        dialog = QFileDialog(self._page, title)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.setNameFilter(kind)
        dialog.setDefaultSuffix(suffix)
        dialog.setDirectory(
            QStandardPaths.writableLocation(QStandardPaths.StandardLocation.DocumentsLocation) or QDir.homePath()
        )
        dialog.selectFile(f"{self.tr('Openings')} {self._week.first.isoformat()}.{suffix}")
        dialog.fileSelected.connect(save)
        dialog.finished.connect(lambda _: self._page.week_view.setFocus())
        dialog.finished.connect(dialog.deleteLater)
        self.file_dialog = dialog
        dialog.open()

    def _tell_saved(self, path: str, problem: str, first: date, days: int) -> None:
        if problem:
            sentence = self.tr("{file} could not be written: {problem}")
        elif not self._is_known(first, days):
            sentence = self.tr("Saved as {file}, but not all of these dates were read from the server yet")
        elif self._differs(first, days):
            sentence = self.tr("Saved as {file}, as it will be once your changes are sent")
        else:
            sentence = self.tr("Saved as {file}")
        self._week.say(sentence.format(file=QDir.toNativeSeparators(path), problem=problem))

    # -- on paper ------------------------------------------------------------------------------------------------

    def print_week(self) -> None:
        """Ask for a printer and print the week on screen on one page."""
        from PySide6.QtPrintSupport import QPrintDialog, QPrinter

        from triluna_desktop.ui.week_print import DOTS_PER_INCH, page_layout

        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setResolution(DOTS_PER_INCH)
        printer.setPageLayout(page_layout())
        printer.setDocName(self._printed_week().title)
        dialog = QPrintDialog(printer, self._page)
        dialog.setOption(QPrintDialog.PrintDialogOption.PrintPageRange, on=False)
        dialog.accepted.connect(lambda: self._print(printer))
        dialog.finished.connect(lambda _: self._page.week_view.setFocus())
        dialog.finished.connect(dialog.deleteLater)
        self.print_dialog = dialog
        QDialog.open(dialog)  # PySide knows only the overload of QPrintDialog itself by that name.

    def _print(self, printer: QPrinter) -> None:
        if not self._paint(printer, self._printed_week()):
            self._week.say(self.tr("The printer did not take the page."))

    def _paint(self, device: QPaintDevice, week: PrintedWeek) -> bool:
        from triluna_desktop.ui.week_print import paint_week

        view = self._page.week_view
        return paint_week(device, week, view.words, view.font(), rtl=view.isRightToLeft())

    def _printed_week(self) -> PrintedWeek:
        from triluna_desktop.ui.week_print import PrintedWeek

        first, _ = self._week.shown_week()
        view = self._session.days(first, 7)
        entries = [(each.item, Mark.SENT) for each in view.entries if isinstance(each.item, Entry)]
        patterns = [(each.item, Mark.SENT) for each in view.patterns if isinstance(each.item, Pattern)]
        availability = self._session.availability(first, 7)
        scene = build_scene(first, 7, entries, patterns, {}, availability, Layers())
        now = self._clock.now()
        total = self._words.duration(sum(day.minutes for day in availability))
        if not self._is_known(first, 7):
            note = self.tr("{duration} bookable by what was read so far · printed {day} · {zone}")
        elif self._differs(first, 7):
            note = self.tr("{duration} bookable once all changes are sent · printed {day} · {zone}")
        else:
            note = self.tr("{duration} bookable · printed {day} · {zone}")
        note = note.format(
            duration=total,
            day=dates.day_text(now.date(), self._words.locale),
            zone=getattr(now.tzinfo, "key", None) or now.tzname() or "",
        )
        return PrintedWeek(dates.range_title(first, 7, self._words.locale), note, scene, first)
