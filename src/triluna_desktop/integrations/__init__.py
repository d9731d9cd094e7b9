"""What other programs read and write: files and services of other calendars."""
