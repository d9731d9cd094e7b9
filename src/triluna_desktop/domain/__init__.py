"""What a TriLuna calendar is: entries, patterns, edits, and what is bookable. Standard library only."""
