"""The look: form renderer, component templates, formats and the appearance switch."""
