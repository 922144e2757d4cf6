"""What a plan writes, and how it is taken back."""
