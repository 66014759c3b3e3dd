"""The people of the town hall who use the back office."""
