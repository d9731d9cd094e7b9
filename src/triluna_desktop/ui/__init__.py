"""What is on the screen. The only package that imports Qt."""

from __future__ import annotations

import builtins

import PySide6  # noqa: F401 - what is undone below comes with it.

# From here on PySide would read the source of every module that is imported, its own and others', and keep it: one
# might ask for one of PySide's "features", such as names in snake case. None does. Without this look the first
# paint comes sooner, and so does all that is loaded later.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
