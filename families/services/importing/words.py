"""What is wrong with an import, in words that say what to do."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _

REASONS: Mapping[str, Any] = {
    # The file.
    "too_large": _("The file is too large. Divide it, or save it as CSV."),
    "not_a_table": _("This file is not a table. Save it as XLSX or as CSV."),
    "too_many_rows": _("The file has too many lines. Divide it."),
    "twice_the_same_heading": _("Two columns have the same heading. Rename one."),
    "empty_table": _("The table is empty. Leave it out, or fill it."),
    "nothing_to_import": _("There is no line to take in these files."),
    "columns_missing": _("Compulsory columns are missing: %(columns)s."),
    "column_left_aside": _("This column is not known: it is left aside."),
    "refused_by_database": _(
        "Nothing was taken: the lines contradict each other in a way we did not see."
    ),
    # One cell.
    "missing_cell": _("Fill this cell: it is compulsory."),
    "text_too_long": _("Shorten this text to %(at_most)s characters."),
    "unreadable_text": _("This text holds a sign that cannot be read. Type it again."),
    "not_a_number_of_file": _("Write a number with letters and figures only."),
    "not_a_day": _("Write the day like 03/09/2018 or 2018-09-03."),
    "not_an_address": _("Write one e-mail address like name@example.com."),
    "not_a_phone": _("Write a telephone number, with its first zero."),
    "not_an_amount": _("Write an amount like 1234,56."),
    "not_allowed_here": _("Write one of: %(allowed)s."),
    # The lines together.
    "file_known_already": _(
        "The town has the file %(number)s already. Take this line out."
    ),
    "same_as_line": _("The same number stands on line %(line)s."),
    "no_such_commune": _("“%(name)s” is not a commune of the town."),
    "no_such_file": _("The file %(number)s is neither here nor in the town."),
    "responsible_known_already": _("This file has a responsible adult already."),
    "responsible_twice": _(
        "Line %(line)s is the responsible adult of this file already."
    ),
    "file_without_adult": _("No adult is given for the file %(number)s. Add one."),
    "code_known_already": _("Somebody of the town has the code %(code)s already."),
    "code_of_another": _(
        "The code %(code)s is on line %(line)s for somebody else. Check the names."
    ),
    "born_in_the_future": _("This birth date is yet to come. Check the year."),
    "end_of_nothing": _("An end is given, but not what ends."),
    "already_over": _("This day is past. Leave both cells empty."),
    "no_such_class": _("“%(name)s” is not a class we know."),
    "no_such_service": _("“%(name)s” is not a service that is billed here."),
    "balance_of_nothing": _("A balance of zero needs no line. Take it out."),
    # Worth a look.
    "looks_like_line": _("Same name and birth date as line %(line)s."),
    "looks_like_somebody_known": _("The town knows somebody with this name and date."),
    "address_known_already": _("Somebody of the town has this address already."),
    "address_of_two_files": _("This address serves two files."),
    "school_not_listed": _("“%(name)s” is not on the town's list: kept as written."),
}


def in_words(told: Mapping[str, Any]) -> str:
    """Return the sentence of a problem, as an import keeps it."""
    sentence = str(REASONS.get(told["reason"], told["reason"]))
    return sentence % told["params"] if told["params"] else sentence
