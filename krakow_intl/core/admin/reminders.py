"""What waits at a single record: whatever has something to remind of enters a function that tells it."""

RECORD_REMINDERS = []  # (the permission to do something about it, what tells it)


def record_reminder(permission):
    """Enters a function that returns what waits at a record, or nothing, for those who have a permission."""

    def enter(tell):
        RECORD_REMINDERS.append((permission, tell))
        return tell

    return enter


def record_reminders(user, record):
    """What waits at a record for `user`: each {"message", "address", "links": [(words, address)]}."""
    told = (tell(record) for permission, tell in RECORD_REMINDERS if user.has_perm(permission))
    return [each for each in told if each]
