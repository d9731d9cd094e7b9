"""Several calendars in one window: which there are, which is shown, and how they are kept."""
