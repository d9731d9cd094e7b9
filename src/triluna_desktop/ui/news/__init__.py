"""What is new in this version."""
