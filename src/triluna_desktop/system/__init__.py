"""What the operating system gives: folders, settings on disk, the keyring, logs, locks and the clock."""
