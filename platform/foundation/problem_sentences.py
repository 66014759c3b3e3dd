"""The sentences of the reasons for which any configuration may be refused."""

from django.utils.translation import gettext_lazy as _

SENTENCES = {
    "missing": _("This key is missing."),
    "unknown_key": _("This key is not known here. Check its spelling."),
    "not_a_mapping": _("Keys with values are expected here."),
    "not_a_list": _("A list is expected here: one line per item, each after a hyphen."),
    "empty_list": _("This list is empty."),
    "not_a_text": _("A text is expected here. Put numbers and dates in quotes."),
    "text_too_long": _("This text is too long: at most %(at_most)s characters."),
    "not_an_address": _("This is not an e-mail address."),
    "not_a_flag": _("Write true or false."),
    "not_a_code": _("A code has lower-case letters, digits and hyphens only."),
    "not_allowed": _("“%(value)s” is not possible here. Choose one of: %(allowed)s."),
    "repeated_code": _("This is written twice. Each one must be different."),
    "not_a_whole_number": _("A whole number is expected here."),
    "not_a_decimal": _("A number is expected here, written like “2.50”."),
    "float_refused": _("Put this number in quotes, so that no cent is lost: “2.50”."),
    "too_small": _("This is too small: at least %(at_least)s."),
    "too_large": _("This is too large: at most %(at_most)s."),
    "not_a_day": _("A day is expected here, written like “2026-09-01”."),
    "not_a_time": _("An hour is expected here, written like “09:00”."),
    "not_a_moment": _("A day and hour are expected, written like “2026-09-01T09:00”."),
    "not_after_from": _("The end must come after the beginning (%(start)s)."),
}
