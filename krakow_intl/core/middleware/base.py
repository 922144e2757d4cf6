"""The base of what every request passes."""


class Middleware:
    """Answers a request itself or asks `get_response`; one instance serves all threads and keeps no state."""

    def __init__(self, get_response):
        self.get_response = get_response
