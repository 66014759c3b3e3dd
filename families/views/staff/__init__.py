"""Families, as staff see them."""
