"""Pages of billing: for families, for clerks, and what the provider calls."""
