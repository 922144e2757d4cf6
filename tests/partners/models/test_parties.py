import pytest
from django.core.exceptions import ValidationError

from partners.models import Document
from partners.models.parties import validate_language


@pytest.mark.parametrize("code", ["pl", "de", "zh", "csb", "de-AT", "zh-Hant"])
def test_a_document_is_in_a_language(code):
    validate_language(code)


@pytest.mark.parametrize("code", ["", "polski", "PL", "xx", "pl ", "pl/de", "pl-", "pl\n", ".."])
def test_what_is_no_code_of_a_language_is_refused(code):
    with pytest.raises(ValidationError):
        validate_language(code)


@pytest.mark.parametrize("name", ["../secret-key", "documents/../../secret-key", "/etc/passwd"])
def test_no_stored_name_leads_out_of_its_folder(name):
    with pytest.raises(Exception, match="outside of the base path"):
        Document._meta.get_field("file").storage.path(name)
