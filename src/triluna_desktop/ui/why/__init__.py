"""Why callers can book a time, or cannot: said in sentences, with what would change it."""
