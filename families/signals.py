"""What other applications hear, and are asked, about families."""

from django.dispatch import Signal

# Sent with `household`, its `children` and `today` when a family opens its home page.
# A receiver answers a `families.domain.home.Panel`, or None when it has nothing to
# show, with a number of queries that does not depend on the number of rows.
home_shown = Signal()
