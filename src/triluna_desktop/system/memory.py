"""Memory that is free, given back to the system."""

from __future__ import annotations

import sys


def give_back() -> None:
    """Hand what was freed back to the system, where the C library keeps it otherwise (glibc; some milliseconds).

    A page of the window is many small pieces. Freed, they leave holes that glibc keeps for the next one: a fifth
    of all memory after ten calendars were shown.
    """
    if sys.platform != "linux":
        return
    import ctypes

    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # Other C libraries than glibc have none.
    if trim is not None:
        trim(0)
