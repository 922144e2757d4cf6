"""What is settled with one click on the desk, and asked again only when what it hangs on has changed."""

from django.contrib.contenttypes.models import ContentType

from krakow_intl.core.admin.keys import KEY
from krakow_intl.models import SettledQuestion

_topics = {}


def topic(name):
    """Enters what decides whether a person may settle a question: (user, model, record, field, state) -> bool."""

    def enter(may_settle):
        _topics[name] = may_settle
        return may_settle

    return enter


def settled(name):
    """{(model, key of a record, field, state)} of what was settled of a topic."""
    rows = SettledQuestion.objects.filter(topic=name).values_list("content_type", "object_id", "field", "state")
    kinds = ContentType.objects
    return {(kinds.get_for_id(kind).model_class(), key, field, state) for kind, key, field, state in rows}


def settle(user, data):
    """Keeps what a form says is settled; False where the person may not, or what they saw has changed."""
    may_settle, record = _topics.get(data.get("topic")), _record(data)
    field, state = data.get("field", ""), data.get("state", "")
    if not (may_settle and record) or not may_settle(user, type(record), record, field, state):
        return False
    kind = ContentType.objects.get_for_model(record)
    asked = {"topic": data["topic"], "content_type": kind, "object_id": record.pk, "field": field, "state": state}
    SettledQuestion.objects.get_or_create(**asked, defaults={"settled_by": user})
    return True


def _record(data):
    kind, key = data.get("kind", ""), data.get("record", "")
    if not all(map(KEY.fullmatch, (kind, key))):
        return None
    content_type = ContentType.objects.filter(pk=int(kind)).first()
    model = content_type and content_type.model_class()
    return model._base_manager.filter(pk=int(key)).first() if model else None
