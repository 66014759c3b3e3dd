"""Reads of billing, for families and for clerks."""
