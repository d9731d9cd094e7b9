"""The sizes of what stands around the week, in pixels: known to the first paint, which keeps these places free."""

from __future__ import annotations

TOOLBAR_HEIGHT = 52
STATUS_BAR_HEIGHT = 28
SIDEBAR_WIDTH = 232
SCROLL_BAR_WIDTH = 10
"""As the style sheet has it, which comes after the first paint."""
RULE = 1
"""The line between two of them."""
