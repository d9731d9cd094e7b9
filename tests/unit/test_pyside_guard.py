"""PySide6 6.12.0 on Python 3.11 loses a reference to None with every call; it must not come in unseen."""

from __future__ import annotations

import sys

from PySide6.QtCore import QObject

CALLS = 1000


def test_calls_into_qt_lose_no_reference_to_none() -> None:
    """Each `setObjectName` returns None. A binding that forgets to count it brings None's count down by one a call
    until the interpreter aborts ("deallocating None") after some five thousand. From Python 3.12 None is immortal
    and its count does not move.
    """
    thing = QObject()
    before = sys.getrefcount(None)
    for _ in range(CALLS):
        thing.setObjectName("a name")
    # A few come and go elsewhere in the process meanwhile; a leak would take all thousand.
    assert sys.getrefcount(None) > before - CALLS // 10
