"""TriLuna Desktop: the calendar that a TriLuna phone agent books from, on the desktop."""

__version__ = "0.1.0"
