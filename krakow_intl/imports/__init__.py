"""Lists that go out and come back: a clean table becomes a plan, and a plan records, whatever they are of."""
