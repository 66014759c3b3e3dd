"""What other applications hear, and are asked, about families."""

from django.dispatch import Signal

# Sent with `first` and `until` (days, the last one excluded) to know when the town is
# closed. A receiver answers the days off among them, as a collection of dates.
closures_asked = Signal()

# Sent with `household`, its `children`, those it has `expected` still, the `state` of
# its file (a `families.domain.home.FileState`) and `today` when a family opens its home
# page. A
# receiver answers a `families.domain.home.Panel`, or None when it has nothing to
# show, with a number of queries that does not depend on the number of rows.
home_shown = Signal()

# Sent with `household` when a family opens its file, or before its proofs are counted.
# A receiver answers `families.domain.my_file.Wanted`s: the compulsory proofs that it
# asks of the household, with a number of queries that does not depend on their number.
proofs_wanted = Signal()

# Sent when a family may say that it expects a child. A receiver answers the names of
# what takes children before their birth, with one read.
expected_children_taken = Signal()

# Sent in the transaction with `child` and `actor` once a birth is written. And with
# `household`, `child`, `actor` and `now` once a household no longer expects a child:
# who keeps requests in its name takes them back.
child_born = Signal()
child_no_longer_expected = Signal()

# Sent with `household` when a family opens its documents. A receiver answers
# `families.domain.vault.Paper`s: the papers that it made for the household.
vault_shown = Signal()

# Sent with `proof_type` once a clerk made a type that a signed mandate proves: who
# keeps the mandates gives it to the households that signed already.
signed_type_made = Signal()

# Sent with `proof_type` and `questions`, a tuple of `families.domain.proof_forms`,
# before a clerk's form is changed. A receiver answers sentences that say why it cannot
# be: a question that somebody still counts on.
form_changing = Signal()

# Sent with `visit`, a `CounterVisit`, when its recap is shown or printed. A receiver
# answers a `families.domain.recaps.Told`, or None, with a number of queries that does
# not depend on the number of lines.
visit_told = Signal()

# Sent with `facts`, an `InvoiceFacts`, when somebody copies an invoice to be known by
# it. Who bills answers an `InvoiceOwner` when all four facts are those of an invoice,
# with the same reads whatever it answers.
invoice_shown = Signal()

# Sent with `now`: the catalogue answers when the next registration period opens, or
# None.
next_opening_asked = Signal()

# Sent with `household` and `today` before an account is closed on request. A receiver
# answers sentences, one for each thing that has to be settled first, or nothing.
account_closing = Signal()

# Sent with `number`, as it was typed, and the `account` that asks, or None: whoever
# gave the number answers a `families.domain.tracking.Tracked`, or None, with one read.
number_tracked = Signal()

# Balances brought with an import. `balances_expected` asks which services may carry
# one: who bills answers a mapping from name or code (made `plain`) to the service's id.
# `balances_imported` gives `balances`, a list of `families.domain.imports.Balance`, in
# the transaction of the import; who bills writes them all.
balances_expected = Signal()
balances_imported = Signal()

# Sent with `household`, its `children` in scope, the clerk's `account` and `scope`, and
# `today` when a clerk opens a family's file. A receiver answers a
# `families.domain.staff_file.FilePart`, or None, with a number of queries that does
# not depend on the number of rows; nothing out of scope is in it.
file_shown = Signal()

# Sent in the transaction with `import_id`: an import waits to be read; it is to be
# taken. The worker hears both.
tables_handed_in = Signal()
import_decided = Signal()

# Sent in the transaction with `document_id`: a document was kept, the worker looks for
# its signed code.
document_kept = Signal()

# Sent in the transaction with `run_id`: letters are to be made. The worker hears it.
letters_asked = Signal()

# Sent with `kind` (a `families.enums.Alike`), `kept`, `lost` and `actor` in the
# transaction of a merge, once `lost` names `kept` as the one that took over, and before
# its rows move. A receiver moves what cannot simply change hands, answers the labels
# of the models it saw to ("billing.ledgerentry"), and raises MergeRefusedError.
merging = Signal()

# Sent in the transaction with `copy_id`: a copy of somebody's data is to be made; with
# `run_id`: what is kept too long is to be counted, or erased. The worker hears both.
copy_asked = Signal()
erasure_asked = Signal()

# Sent with `since` (a moment) and `now` before families that nobody hears of are
# erased. A receiver answers querysets of one column, the ids of households that did
# something since then, or with which something is still open.
households_in_use_asked = Signal()

# The same for children, before the health sheets of a season are erased: a receiver
# answers querysets of the ids of children who may come now, or came since then.
children_in_use_asked = Signal()

# Sent with `households` (ids) and `now` in the transaction that erases families, once
# their rows are gone: a receiver takes out of the rows it keeps what says something of
# somebody.
households_erased = Signal()

# Sent with `household` when its family asks what becomes of its data. A receiver
# answers a `families.domain.erasure.Kept` for each thing the law makes it keep.
kept_after_erasure_asked = Signal()

# Sent with `household` and `today`, to say what ends with the file although nothing has
# to be settled first. A receiver answers sentences.
ending_with_file_asked = Signal()

# Sent in the transaction with `request_id`: the erasure of a family was accepted. The
# worker hears it.
erasure_accepted = Signal()
