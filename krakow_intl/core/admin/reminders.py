"""What waits for staff: whatever has something to remind of enters a function that tells it."""

REMINDERS = []  # (the permission to do something about it, what tells it)


def reminder(permission):
    """Enters a function that yields (what waits, address of its page) for those who have a permission."""

    def enter(tell):
        REMINDERS.append((permission, tell))
        return tell

    return enter


def reminders(user):
    """[(what waits, address of its page)] of what `user` may do something about."""
    return [each for permission, tell in REMINDERS if user.has_perm(permission) for each in tell()]
