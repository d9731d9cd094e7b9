"""TriLuna's public calendar API over HTTP. `client.TriLunaClient` is the door; the rest is behind it."""
