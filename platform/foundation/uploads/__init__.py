"""Files handed in by families: read in a separate process, rewritten, or refused.

This package imports nothing itself: the child process must start without Django.
"""
