"""What a caller would be offered: the starts of appointments, and the sentence an agent would say."""
