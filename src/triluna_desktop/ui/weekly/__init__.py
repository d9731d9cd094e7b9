"""The window that edits a whole week of weekly hours."""
