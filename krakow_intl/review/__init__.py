"""What people would change of what the public sees, until another person has looked at it."""
