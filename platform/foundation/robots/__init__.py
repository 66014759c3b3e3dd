"""Forms that robots would fill in: proof of work, and a way without JavaScript.

How it works, and what it is worth: docs/algorithms/robots.md.
"""
