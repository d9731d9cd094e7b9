"""The steps of the first run after the account: the calendar mode and the hours."""
