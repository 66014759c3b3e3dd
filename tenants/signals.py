"""What other applications hear about towns."""

from django.dispatch import Signal

# Sent inside the new town, in the transaction that opens it, with `town` and `pack`
# (the validated configuration). Receivers fill their own tables, lowest layer first.
town_filling = Signal()
