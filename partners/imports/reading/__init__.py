"""What the rows of a list mean."""
