"""The ground floor: what every app builds on, and nothing of any app."""
