"""The team week: the bookable time of all calendars side by side, and when some of them are bookable at once."""
