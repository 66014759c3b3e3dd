"""What is known of people: the class of every field, and whose each row is."""
