"""What a person is given of their data, and what the town erases."""
