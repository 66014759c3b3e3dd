"""The rules of the catalogue: prices, deadlines, eligibility, opening days.

Plain values and functions: no Django, no clock, no floats.
"""
