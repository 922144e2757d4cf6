"""Carries a plan out, tells of it, and takes it back."""
