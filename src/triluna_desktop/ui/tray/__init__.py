"""The icon in the tray, its menu and its popover. Nothing of it is imported before the first paint."""
