"""Dates and hours, where the framework's own formats need mending."""
