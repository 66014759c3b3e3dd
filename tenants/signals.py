"""What other applications hear about towns."""

from django.dispatch import Signal

# Sent inside the new town, in the transaction that opens it, with `town`, `pack`
# (a `tenants.domain.packs.Pack`) and `now`. Receivers fill their own tables; they are
# called from the lowest layer up.
town_filling = Signal()

# Sent in the public schema, in the transaction that writes a town down, with `town`:
# somebody waits for it to be made.
town_awaited = Signal()
