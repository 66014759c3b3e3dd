"""Which clerk may do what with money; families only ever reach their own household."""

from foundation.accounts.models import Account


def may_see_money(account: Account) -> bool:
    """Let who may see invoices see runs, invoices, payments and bank files."""
    return account.is_staff and account.has_perm("billing.view_invoice")


def may_bill(account: Account) -> bool:
    """Let who may add runs draft them and give them up."""
    return may_see_money(account) and account.has_perm("billing.add_billingrun")


def may_issue(account: Account) -> bool:
    """Ask for the right to change runs too: issuing cannot be undone."""
    return may_bill(account) and account.has_perm("billing.change_billingrun")


def may_cash(account: Account) -> bool:
    """Let who may add payments record money at the counter."""
    return may_see_money(account) and account.has_perm("billing.add_payment")


def may_give_back(account: Account) -> bool:
    """Let who may add reductions give lines of issued invoices back."""
    return may_see_money(account) and account.has_perm("billing.add_reduction")


def may_collect(account: Account) -> bool:
    """Let who may add bank files make, download and confirm them."""
    return may_see_money(account) and account.has_perm("billing.add_directdebitbatch")


def may_grant_aids(account: Account) -> bool:
    """Let who may add aids grant them and end them."""
    return account.is_staff and account.has_perm("billing.add_aidgrant")


def may_see_statements(account: Account) -> bool:
    """Ask for the right to bill: a statement names families of the whole town."""
    return may_bill(account) and may_grant_aids(account)


def may_set_taxes(account: Account) -> bool:
    """Let who may change taxes write those of a régie and what they bear on."""
    return may_see_money(account) and account.has_perm("billing.change_regietax")
