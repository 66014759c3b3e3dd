"""How one gets in, beside the password: second factor, passkeys, other services."""
