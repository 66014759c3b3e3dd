"""Pages of the back office about the catalogue that are more than a form."""
