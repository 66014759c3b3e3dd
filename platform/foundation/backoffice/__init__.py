"""What the staff screens of every application share, inside Wagtail's frame."""
