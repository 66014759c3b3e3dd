"""What other applications hear of enrolment, once it is committed."""

from django.dispatch import Signal

# Sent with `order_id` when a family confirmed an order.
order_placed = Signal()
# Sent with `booking_id` when a booking was cancelled.
booking_cancelled = Signal()
# Sent with `replay_id` when somebody asks what another tariff would change.
replay_asked = Signal()

# Sent with `bookings`, those held in a basket with their activity and service, when it
# is shown. Who bills answers a list of `enrolment.domain.basket_extras.Extra`, with a
# number of queries that does not depend on how many there are.
basket_shown = Signal()

# Sent with `late_pickups`, a list of them, and `to_change`: whether the sender is about
# to change them, in this transaction. Who bills answers the number of the invoice of
# those that stand on one, by primary key; nobody issues the others meanwhile.
late_pickups_asked = Signal()
