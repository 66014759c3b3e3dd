"""What enrolment does when something happens elsewhere."""

from enrolment.receivers import requests

__all__ = ["requests"]
