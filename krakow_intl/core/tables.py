"""How a migration makes many tables, or adds columns to many: all at once."""

from django.db.migrations.operations import CreateModel
from django.db.migrations.operations.base import Operation


class CreateTables(Operation):
    """The operations of an initial migration, carried out as one: each table is made as it is after the last of them.

    Django renders all related models anew after each operation, which for a hundred tables that name accounts takes
    longer than everything else that happens when the register starts for the first time.
    """

    atomic = True

    def __init__(self, operations):
        self.operations = operations

    def deconstruct(self):
        return type(self).__qualname__, [self.operations], {}

    def state_forwards(self, app_label, state):
        state.__dict__.pop("apps", None)  # rendered again when it is asked for
        for operation in self.operations:
            operation.state_forwards(app_label, state)

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        for operation in self._of_models():
            operation.database_forwards(app_label, schema_editor, from_state, to_state)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        for operation in reversed(self._of_models()):
            operation.database_backwards(app_label, schema_editor, from_state, to_state)

    def describe(self):
        return f"Create {len(self._of_models())} tables"

    def _of_models(self):
        return [operation for operation in self.operations if isinstance(operation, CreateModel)]


class AddColumns(CreateTables):
    """The same of columns that are added; of one table those come first for which SQLite makes it anew."""

    def describe(self):
        return f"Add {len(self.operations)} columns"

    def _of_models(self):
        return self.operations
