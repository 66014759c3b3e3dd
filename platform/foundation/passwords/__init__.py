"""Passwords: the rule of a town, never under the platform's floor, and known ones."""
