"""The people of the demo: described in files, created through the usual services."""
