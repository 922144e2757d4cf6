"""How the database keeps the index of the search: whoever writes a record, by whatever statement, its words follow.

The index is what the columns of search words say, word by word, and triggers write it with them, in one transaction.
"""

from hashlib import sha256

from django.apps import apps
from django.db import connections

from krakow_intl.core.search.index import TITLE
from krakow_intl.core.search.words import MAX_WORD_LENGTH

EVENTS = ("insert", "update", "delete")
WITH_TITLES = "search_words"  # the column that tells words of a title from others; any other is a name as a whole
SCHEMA = "{schema}"
WORD = f"substr(ltrim({{0}}, '{TITLE}'), 1, {MAX_WORD_LENGTH})"


def indexed_columns():
    """{model: the column of its search words} of all models whose records are found by their words."""
    columns = {model: getattr(model, "indexed_column", "") for model in apps.get_models()}
    return {model: column for model, column in columns.items() if column}


def rebuild_index(using="default"):
    """Makes the index anew from the columns of search words."""
    connection = connections[using]
    with connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {_index()}")
        for model, column in indexed_columns().items():
            cursor.execute(_keeper(connection, model, column).insert_all())


def put_in(using="default", **_kwargs):
    """Receiver of `post_migrate`: puts the triggers in that are missing or are others."""
    connection = connections[using]
    with connection.cursor() as cursor:
        standing = _DIALECTS[connection.vendor].standing(cursor)
        schema = _schema(connection, cursor)
        for model, column in _ready(connection, cursor).items():
            keeper = _keeper(connection, model, column)
            for name, statements in keeper.triggers().items():
                if standing.get(name) != keeper.known_by(statements):
                    for statement in statements:
                        cursor.execute(statement.replace(SCHEMA, schema))


def take_out(using="default", plan=(), **_kwargs):
    """Receiver of `pre_migrate`: SQLite changes no column that a trigger names."""
    connection = connections[using]
    if plan and connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            for name in _SQLite.standing(cursor):
                cursor.execute(f"DROP TRIGGER {name}")


def _schema(connection, cursor):
    """The schema of our tables as SQL names it; "" where there are none."""
    if connection.vendor != "postgresql":
        return ""
    cursor.execute("SELECT quote_ident(current_schema())")
    return cursor.fetchone()[0]


def _index():
    return apps.get_model("krakow_intl", "SearchPosting")._meta.db_table


def _keeper(connection, model, column):
    return _DIALECTS[connection.vendor](model._meta.db_table, model._meta.model_name, column)


def _ready(connection, cursor):
    """The models whose tables stand already as they are today, with the column of their words."""
    names = {*connection.introspection.table_names(cursor)}
    tables = {model: column for model, column in indexed_columns().items() if {_index(), model._meta.db_table} <= names}
    return {model: column for model, column in tables.items() if column in _columns(connection, cursor, model)}


def _columns(connection, cursor, model):
    return {each.name for each in connection.introspection.get_table_description(cursor, model._meta.db_table)}


class _Keeper:
    """What keeps the words of the records in one table."""

    def __init__(self, table, kind, column):
        self.table, self.kind, self.column = table, kind, column

    def name(self, event):
        return f"{self.table}_search_{event}"

    def is_titled(self, word):
        return f"{word} LIKE '{TITLE}%'" if self.column == WITH_TITLES else "true"

    def values(self, word, record):
        return f"{WORD.format(word)}, '{self.kind}', {self.is_titled(word)}, {record}"


class _SQLite(_Keeper):
    """A trigger a row; the words are told apart as JSON."""

    @classmethod
    def standing(cls, cursor):
        """{name of a trigger: what it does}"""
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name GLOB '*_search_*'")
        return dict(cursor.fetchall())

    def insert_all(self):
        return self._insert(self.table, f"{self.table}, ")

    def triggers(self):
        """{name: the statements that put it in}."""
        made = {event: self._trigger(event) for event in EVENTS}
        return {self.name(event): [f"DROP TRIGGER IF EXISTS {self.name(event)}", sql] for event, sql in made.items()}

    @staticmethod
    def known_by(statements):
        return statements[-1]

    def _insert(self, row, tables="", condition=""):
        return (
            f"INSERT OR IGNORE INTO {_index()} (word, kind, in_title, record)"
            f" SELECT {self.values('each.value', f'{row}.id')} FROM {tables}{self._words(row)}"
            f" WHERE each.value <> ''{condition}"
        )

    def _delete(self, condition=""):
        """Finds each word by the whole key: a comparison with rows of an answer would look through all of a word."""
        return (
            f"DELETE FROM {_index()} WHERE rowid IN (SELECT gone.rowid FROM {self._words('OLD')}"
            f" CROSS JOIN {_index()} gone ON (gone.word, gone.kind, gone.in_title, gone.record)"
            f" = ({self.values('each.value', 'OLD.id')}) WHERE each.value <> ''{condition})"
        )

    def _words(self, row):
        return f"""json_each('["' || replace(trim({row}.{self.column}), ' ', '","') || '"]') each"""

    def _trigger(self, event):
        new, old = ((f" AND each.value NOT IN (SELECT value FROM {self._words(row)})") for row in ("OLD", "NEW"))
        body = {
            "insert": self._insert("NEW"),
            "update": f"{self._delete(old)}; {self._insert('NEW', condition=new)}",
            "delete": self._delete(),
        }
        when = {"update": f"UPDATE OF {self.column}"}.get(event, event.upper())
        condition = f" WHEN OLD.{self.column} IS NOT NEW.{self.column}" if event == "update" else ""
        return f"CREATE TRIGGER {self.name(event)} AFTER {when} ON {self.table}{condition} BEGIN {body[event]}; END"


class _PostgreSQL(_Keeper):
    """A trigger a statement, which writes as the owner of the tables, whatever whoever writes may do to the index."""

    ROWS = {"insert": "NEW TABLE AS new_rows", "delete": "OLD TABLE AS old_rows"}
    ROWS["update"] = f"{ROWS['delete']} {ROWS['insert']}"

    @classmethod
    def standing(cls, cursor):
        """{name of a trigger: the digest of what it does}"""
        cursor.execute(
            "SELECT tgname, obj_description(oid, 'pg_trigger') FROM pg_trigger"
            " WHERE NOT tgisinternal AND tgname LIKE '%\\_search\\_%'"
        )
        return dict(cursor.fetchall())

    def insert_all(self):
        return self._insert(self.table)

    def triggers(self):
        return {self.name(event): self._statements(event) for event in EVENTS}

    def _statements(self, event):
        """The function, the trigger, and a comment by which it is known again."""
        name = self.name(event)
        function = (
            f"CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER"
            f" SET search_path TO {SCHEMA}, pg_temp AS $$ BEGIN {self._body(event)} RETURN NULL; END $$"
        )
        trigger = (
            f"CREATE OR REPLACE TRIGGER {name} AFTER {event.upper()} ON {self.table} REFERENCING {self.ROWS[event]}"
            f" FOR EACH STATEMENT EXECUTE FUNCTION {name}()"
        )
        return [function, trigger, f"COMMENT ON TRIGGER {name} ON {self.table} IS '{self.known_by([function])}'"]

    @staticmethod
    def known_by(statements):
        """A digest of what it does, which the comment keeps."""
        return sha256(statements[0].encode()).hexdigest()

    def _insert(self, rows):
        return (
            f"INSERT INTO {_index()} (word, kind, in_title, record) SELECT {self.values('word', 'row.id')}"
            f" FROM {rows} row, string_to_table(row.{self.column}, ' ') word WHERE word <> '' ON CONFLICT DO NOTHING"
        )

    def _delete(self, rows):
        return (
            f"DELETE FROM {_index()} USING (SELECT {self.values('word', 'row.id')}"
            f" FROM {rows} row, string_to_table(row.{self.column}, ' ') word WHERE word <> '')"
            f" gone(word, kind, in_title, record) WHERE {' AND '.join(self._same(name) for name in self._KEY)}"
        )

    _KEY = ("word", "kind", "in_title", "record")

    @staticmethod
    def _same(name):
        return f"{_index()}.{name} = gone.{name}"

    def _body(self, event):
        column = self.column
        changed = f"FROM old_rows o JOIN new_rows n USING (id) WHERE o.{column} <> n.{column})"
        return {
            "insert": f"{self._insert('new_rows')};",
            "update": f"{self._delete(f'(SELECT o.* {changed}')}; {self._insert(f'(SELECT n.* {changed}')};",
            "delete": f"{self._delete('old_rows')};",
        }[event]


_DIALECTS = {"sqlite": _SQLite, "postgresql": _PostgreSQL}
