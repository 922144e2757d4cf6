"""What a list would change of the register, and what must be asked first."""
