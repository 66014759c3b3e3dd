"""Accounts: who may sign in, in a town or on the platform's own site."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """One table per schema: a town's accounts are its own."""

    name = "foundation.accounts"
    label = "accounts"
