"""What the cells of a list say."""
