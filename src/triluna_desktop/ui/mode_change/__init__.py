"""Looking at what another calendar mode would offer, before it is chosen."""
