import gzip

import pytest


@pytest.mark.django_db
def test_pages_are_compressed_by_the_application_itself(client):
    plain = client.get("/pl/styleguide/")
    small = client.get("/pl/styleguide/", headers={"accept-encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(small.content) == plain.content
    assert len(small.content) < len(plain.content) / 3
    assert plain["Vary"] == small["Vary"] == "Accept-Encoding"
    assert plain["ETag"] == small["ETag"]


@pytest.mark.django_db
def test_tables_are_compressed_line_by_line(client):
    plain = client.get("/pl/umowy.csv")
    small = client.get("/pl/umowy.csv", headers={"accept-encoding": "gzip"})
    assert small["Content-Encoding"] == "gzip"
    assert gzip.decompress(b"".join(small)) == b"".join(plain)


@pytest.mark.django_db
@pytest.mark.parametrize("encoding", ["gzip", "identity"])
def test_what_a_browser_has_already_is_not_sent_again(client, encoding):
    first = client.get("/pl/styleguide/", headers={"accept-encoding": encoding})
    again = client.get("/pl/styleguide/", headers={"accept-encoding": encoding, "if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Vary"]) == (first["ETag"], first["Vary"])


@pytest.mark.django_db
def test_what_staff_see_bears_no_version(client):
    assert "ETag" not in client.get("/pl/admin/login/")
