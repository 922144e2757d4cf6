"""The public data of the register for programs: one serializer layer over the lists of its nouns."""
