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


def may_collect(account: Account) -> bool:
    """Let who may add bank files make, download and confirm them."""
    return may_see_money(account) and account.has_perm("billing.add_directdebitbatch")
