"""Copies the register and follows its changes: `python3 mirror.py https://register.example/api/v1/ copy.json`.

Run it again whenever you like: it asks for what has changed since the last time. Python 3.11, nothing to install.
"""

import json
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen


def read(address):
    """What stands at an address; None of what is not, or no longer, there."""
    try:
        with urlopen(address) as answer:
            return json.load(answer)
    except HTTPError as error:
        if error.code in (404, 410):
            return None
        if error.code != 429:
            raise
        time.sleep(int(error.headers.get("Retry-After", 1)))  # asked too fast
    return read(address)


def pages(address, read=read):
    while address:
        page = read(address)
        yield page
        address = page["next"]


def copied(root, read=read):
    """The whole register: {"records": {collection: {id: record}}, "ask_again": where its changes are told}."""
    collections, changes = (read(root)[name] for name in ("collections", "changes"))
    copy = {"ask_again": read(changes)["ask_again"], "records": {}}  # asked first: what changes meanwhile is told then
    for name, address in collections.items():
        records = (record for page in pages(address + "?limit=200", read) for record in page["results"])
        copy["records"][name] = {str(record["id"]): record for record in records}
    return copy


def follow(copy, read=read):
    """Brings a copy up to date; what is told twice does no harm."""
    for page in pages(copy["ask_again"], read):
        for change in page["results"]:
            records, record = copy["records"].setdefault(change["collection"], {}), read(change["url"])
            records.pop(str(change["id"]), None)
            if record:
                record.pop("as_of")
                records[str(record["id"])] = record
        copy["ask_again"] = page["ask_again"]
    return copy


if __name__ == "__main__":
    root, file = sys.argv[1], Path(sys.argv[2])
    copy = follow(json.loads(file.read_text())) if file.exists() else copied(root)
    file.write_text(json.dumps(copy, ensure_ascii=False, indent=1))
