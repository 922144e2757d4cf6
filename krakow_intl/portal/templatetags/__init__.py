"""What the templates of every page ask the roof for."""
