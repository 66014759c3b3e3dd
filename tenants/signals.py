"""What other applications hear about towns."""

from django.dispatch import Signal

# Sent inside the new town, in the transaction that opens it, with `town`, `pack`
# (a `tenants.domain.packs.Pack`) and `now`. Receivers fill their own tables; they are
# called from the lowest layer up.
town_filling = Signal()

# Sent in the public schema, in the transaction that writes a town down, with `town`:
# somebody waits for it to be made.
town_awaited = Signal()

# Sent once a pack was read without any problem, with `pack`: receivers look at what
# reading alone cannot tell, and answer the list of `foundation.problems.Problem`.
pack_read = Signal()

# Sent inside a town, with `town`: receivers answer their sections of its pack, as a
# mapping of plain data. Nothing secret, and nobody's name. `with_files` tells whether
# the content of files is wanted too, or what recognises them is enough.
pack_asked = Signal()

# Sent inside an open town, in the transaction that puts a pack onto it, with `town`,
# `pack` and `now`. Receivers write what is new or changed, delete nothing, and answer
# the list of `foundation.problems.Problem` that stand in the way.
pack_imported = Signal()
