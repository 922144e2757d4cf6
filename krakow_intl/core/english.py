"""The English that a record needs in the end, and a draft may lack."""


def english_texts(model):
    """The names of those columns of `model`: ["name_en"]."""
    columns = (field for field in model._meta.concrete_fields if getattr(field, "language", None) == "en")
    return [field.name for field in columns if not field.blank]
