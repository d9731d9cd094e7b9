"""The window "What changed": what, when, by whom, and the way back."""
