"""Weeks in turn, stamped as entries, and other hours on one date only."""
