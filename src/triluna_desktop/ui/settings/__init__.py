"""The settings dialog: a page a subject, each change applied at once."""
