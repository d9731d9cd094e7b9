"""Where each block's words go. Worked out once, when a block comes into view: painting only copies and writes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from triluna_desktop.domain.values import NamedTuple
from triluna_desktop.grid.geometry import Rect
from triluna_desktop.grid.shown import Mark
from triluna_desktop.ui.week_plates import Style, style_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from triluna_desktop.grid.geometry import Geometry
    from triluna_desktop.grid.scene import Block, Column
    from triluna_desktop.ui.week_ink import Face
    from triluna_desktop.ui.week_look import Look
    from triluna_desktop.ui.week_words import WeekWords

_BADGES = {Mark.REFUSED: "×", Mark.ASKED: "?"}


class Line(NamedTuple):
    """A piece of text and the left end of its baseline."""

    x: int
    y: int
    text: str
    face: Face
    is_faint: bool


class Picture:
    """A block to be painted. Rows count from the top of a day that is not scrolled.

    Its words are measured when they are asked for: of a full week, more than half lies outside of what is seen.
    """

    __slots__ = ("_arranger", "_block", "_lines", "_over", "badge", "rect", "style", "tints")

    def __init__(
        self, arranger: Arranger, block: Block, rect: Rect, style: Style, badge: str, over: Sequence[Rect]
    ) -> None:
        self._arranger = arranger
        self._block = block
        self._over = over
        self.rect = rect
        self.style = style
        self.badge = badge
        self.tints: Sequence[Rect] = ()
        """Which of it other entries claim as well."""
        self._lines: tuple[Line, ...] | None = None

    def looking(self, style: Style, lines: tuple[Line, ...]) -> Picture:
        """The same block in another style and with other words."""
        found = Picture(self._arranger, self._block, self.rect, style, self.badge, self._over)
        found.tints, found._lines = self.tints, lines
        return found

    @property
    def key(self) -> str:
        """The item's."""
        return self._block.item.key

    @property
    def lines(self) -> tuple[Line, ...]:
        """Its words."""
        if self._lines is None:
            self._lines = self._arranger.words_of(self._block, self.rect, self.badge, self._over)
        return self._lines


class Arranger:
    """Makes pictures for one geometry (unscrolled), look and language."""

    def __init__(self, geometry: Geometry, look: Look, words: WeekWords) -> None:
        self._geometry = geometry
        self._look = look
        self._y = geometry.y_of
        self._words = words
        self._spans = [geometry.column_span(index) for index in range(geometry.days)]
        px, title, small = look.px, look.title, look.small
        self._sides, self._badge_room, self._inset, self._gap = px(14), px(16), px(10), px(6)
        self._lowest = look.tiny.height * 2 // 3
        """Below this height of a block, it has no words."""
        self._low = title.height + px(1)
        """Below this height, its words are tiny."""
        self._lower = title.height + small.height + px(5)
        """Below this height, they stand beside each other."""

    def column(self, index: int, column: Column) -> list[Picture]:
        """The pictures of a date: patterns, then entries."""
        entries = [self.block(index, block) for block in column.entries]
        over = [each.rect for each in entries]
        return [*(self.block(index, block, over) for block in column.patterns), *entries]

    def columns(self, columns: Iterable[Column]) -> list[list[Picture]]:
        """The pictures of all dates."""
        return [self.column(index, column) for index, column in enumerate(columns)]

    def block(self, column: int, block: Block, over: Sequence[Rect] = ()) -> Picture:
        """The picture of a block. ``over`` are the entries that lie over it, by their start."""
        item, place = block.item, block.place
        rect = self._geometry.share_rect(self._spans[column], item.start, item.end, place)
        badge = "!" if block.conflicts else ""
        if block.mark is not Mark.SENT:
            badge = _BADGES.get(block.mark, badge)
        picture = Picture(self, block, rect, style_of(block), badge, over)
        if block.overlaps:
            picture.tints = [self._tint(rect, start, end) for start, end in block.overlaps]
        return picture

    def words_of(self, block: Block, whole: Rect, badge: str, over: Sequence[Rect]) -> tuple[Line, ...]:
        """The words of its picture."""
        item, words = block.item, self._words
        rect = self._seen(whole, over) if over else whole
        if rect is None:
            return ()
        note = offer = ""
        if block.mark is not Mark.SENT:
            note = words.note_of(block.mark)
            offer = words.offer_note(block)
        times = words.times(item.start, item.end) if rect.height >= self._lower else ""
        return self.lines(rect, words.title(item), times, words.time(item.start), badge, note, offer)

    def _seen(self, rect: Rect, over: Sequence[Rect]) -> Rect | None:
        """The piece of a block from where its words are not covered on; None where they find no room."""
        left, top, width, height = rect
        right, bottom = left + width, top + height
        needed = min(height, self._lower)
        for x, y, across, down in over:
            if y >= top + needed:
                break
            if y + down > top and x < right and left < x + across:
                top = y + down
        if top + needed > bottom:
            return None
        return Rect(left, top, width, bottom - top)

    def _tint(self, rect: Rect, start: int, end: int) -> Rect:
        top = self._y(start) + 2
        return Rect(rect.x + 2, top, rect.width - 4, max(1, self._y(end) - top - 2))

    def lines(
        self, rect: Rect, title: str, times: str, start: str, badge: str = "", note: str = "", offer: str = ""
    ) -> tuple[Line, ...]:
        """The words of a block: its title, under it the times; beside it where there is no room below.

        Low blocks get smaller letters rather than cut ones, the lowest none. ``note`` takes the times' place
        where only one of the two fits; ``offer`` comes below them where it fits whole.
        """
        look = self._look
        title_face, small = look.title, look.small
        height = rect.height
        room = rect.width - self._sides - (self._badge_room if badge else 0)
        if badge and room < look.px(24) and height > look.px(22) + title_face.height:
            # Too narrow for both: the words begin below the badge.
            lower = rect._replace(y=rect.y + look.px(18), height=height - look.px(18))
            return self.lines(lower, title, times, start, note=note, offer=offer)
        if room < self._badge_room:
            return ()  # A lone ellipsis says nothing.
        if height < self._lowest:
            return ()  # Letters would stand out above and below.
        if height < self._low:
            return self._beside(rect, look.tiny, room, title, note or start)
        if height < self._lower:
            return self._beside(rect, title_face, room, title, note or start)
        spare = rect.height - title_face.height - look.px(1) - small.height
        y = rect.y + min(look.px(4), spare // 2)
        below_room = rect.width - self._sides
        lines = [self._line(rect, 0, y, title_face.elided(title, room), title_face)]
        y += title_face.height + look.px(1)
        rows = [times if small.width(times) <= below_room else start]
        if note:
            fits_both = y + 2 * small.height <= rect.bottom - look.px(2)
            rows = [*rows, note] if fits_both else [note]
        if offer and y + (len(rows) + 1) * small.height <= rect.bottom - look.px(2):
            rows = [*rows, offer]
        for row in rows:
            fits = small.width(row) <= below_room
            if fits or row == note:
                text = row if fits else small.elided(row, below_room)
                lines.append(self._line(rect, 0, y, text, small, is_faint=True))
            y += small.height
        return tuple(lines)

    def _beside(self, rect: Rect, face: Face, room: int, title: str, aside: str) -> tuple[Line, ...]:
        """One row, centred: the title, and the time after it if the whole title leaves room for it."""
        top = rect.y + (rect.height - face.height) // 2
        small = self._look.small if face is self._look.title else face
        gap = self._gap
        text = face.elided(title, room)
        if text == title:
            width = face.width(title)
            if width + gap + small.width(aside) <= room:
                # On one baseline, though the two faces differ in height.
                lower = top + face.ascent - small.ascent
                return (
                    self._line(rect, 0, top, title, face),
                    self._line(rect, width + gap, lower, aside, small, is_faint=True),
                )
        return (self._line(rect, 0, top, text, face),)

    def _line(self, rect: Rect, offset: int, top: int, text: str, face: Face, *, is_faint: bool = False) -> Line:
        """A text so far from where its block begins, which is on the right in RTL."""
        inset = self._inset + offset
        x = rect.right - inset - face.width(text) if self._geometry.rtl else rect.x + inset
        return Line(x, top + face.ascent, text, face, is_faint)
