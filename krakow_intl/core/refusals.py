"""What the log says of a request that was refused: one line, for it is no fault of the program."""

import logging

OF_REFUSALS = "django.security."  # what begins the name under which Django logs each kind of them


class RefusalFilter(logging.Filter):
    """Makes a line of the log that tells of a refused request a warning, and leaves out where in the code it was."""

    def filter(self, record):
        if record.name.startswith(OF_REFUSALS):
            record.levelno, record.levelname = logging.WARNING, logging.getLevelName(logging.WARNING)
            record.msg, record.args = " ".join(record.getMessage().split()), ()
            record.exc_info = record.exc_text = record.stack_info = None
        return True
