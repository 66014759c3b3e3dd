"""What a person sees and does, in a real browser, on the real programs."""
