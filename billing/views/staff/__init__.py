"""Billing in the back office: runs, invoices, bank files."""
