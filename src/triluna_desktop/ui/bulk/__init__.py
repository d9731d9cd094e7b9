"""Changing many entries at once: the dialog with its preview, and the strip that tells how the sending goes on."""
