"""What would become of each row of a list."""
