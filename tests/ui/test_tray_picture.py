"""The icon of the tray tells by its shape, on light and on dark panels, at every size that panels use."""

from __future__ import annotations

from itertools import combinations
from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QColor

from triluna_desktop.ui.tray.picture import BADGE_COLOURS, BODY_COLOURS, SIZES, Badge, Body, icon_of, picture

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

LOOKS = [(body, badge) for body in Body for badge in Badge]
PANELS = {"light": "#ffffff", "dark": "#1d1d22"}
GRAPHICS = 3.0
"""WCAG 1.4.11: the contrast that a graphic needs against what is beside it."""


def shape(body: Body, badge: Badge, size: int) -> frozenset[tuple[int, int]]:
    """The pixels that are there, without their colour."""
    image = picture(body, badge, size)
    return frozenset((x, y) for x in range(size) for y in range(size) if image.pixelColor(x, y).alpha() > 127)


@pytest.mark.parametrize("size", [16, 22, 24, 32, 48])
def test_no_two_pictures_have_the_same_shape(qapp: QApplication, size: int) -> None:
    del qapp
    shapes = {look: shape(*look, size) for look in LOOKS}
    least = size * size / 30  # At 16 pixels: nine of them are otherwise.
    alike = [(one, other) for one, other in combinations(LOOKS, 2) if len(shapes[one] ^ shapes[other]) < least]
    assert not alike


@pytest.mark.parametrize("panel", PANELS)
def test_every_colour_can_be_made_out_on_a_light_and_on_a_dark_panel(panel: str) -> None:
    ground = QColor(PANELS[panel])
    colours: dict[Body | Badge, QColor] = dict([*BODY_COLOURS.items(), *BADGE_COLOURS.items()])
    faint = {what: ratio for what, colour in colours.items() if (ratio := contrast(colour, ground)) < GRAPHICS}
    assert not faint


@pytest.mark.parametrize("size", [16, 22, 32, 44])
def test_panels_get_the_size_that_they_ask_for_unscaled(qapp: QApplication, size: int) -> None:
    del qapp
    icon = icon_of(Body.BOOKABLE, Badge.UNSENT)
    assert size in SIZES
    assert icon.pixmap(size).toImage().convertToFormat(picture(Body.BOOKABLE, Badge.UNSENT, size).format()) == (
        picture(Body.BOOKABLE, Badge.UNSENT, size)
    )


def contrast(one: QColor, other: QColor) -> float:
    lights = sorted((luminance(one), luminance(other)))
    return (lights[1] + 0.05) / (lights[0] + 0.05)


def luminance(colour: QColor) -> float:
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
