"""What opens over the top of the window and takes a line: the palette of commands, the search, the quick add."""
