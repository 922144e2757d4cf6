"""A person answers what only a person knows, applies a sheet once, and takes it back."""

from functools import partial
from io import BytesIO

import openpyxl
import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from partners.admin.import_forms import NOT_READ, token
from partners.imports.writing import background
from partners.models import Agreement, CityName, PartnerCity, SheetAlias, SheetImport
from tests.partners.admin.sheets import GOOD, HEAD, UNKNOWN_CITY, WRONG_DAY, address, apply, csv, post, send, told
from tests.partners.factories import AgreementFactory, CityFactory
from tests.spreadsheets.forms import STRUCK, book, filled, rich
from tests.staff import WRITERS, account, sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.once, pytest.mark.usefixtures("lviv")]


@pytest.fixture
def importer(client):
    return sign_in(client, "importer")


@pytest.fixture
def administrator(client):
    return sign_in(client, WRITERS)


def answer(client, record, value, writer="", **more):
    """Answers the first question of an import."""
    record.refresh_from_db()
    key = record.report["questions"][0]["key"]
    name = f"answer-{token(key)}"
    city = {f"city-{name}-{field}": text for field, text in more.items()}
    return post(client, "answers", record, **{"key": key, name: value, "writer": writer, **city})


def offered(response):
    return [value for value, _label in next(iter(response.context["answers"].fields.values())).choices]


def test_an_unknown_city_is_chosen_and_its_name_remembered(importer):
    CityFactory(slug="novgorod", name_pl="Nowogród Wielki", name_en="Veliky Novgorod", country="RU")
    record, page = send(importer, csv(UNKNOWN_CITY))
    assert {"novgorod", "lviv", "leave-out"} < set(offered(page))
    page = answer(importer, record, "novgorod")
    assert ("1 question was answered" in page.content.decode(), page.context["report_view"].bad) == (True, 0)
    html = apply(importer, record).content.decode()
    assert "“Nowy Gród” is kept as another name of the city" in html
    assert Agreement.objects.get().city.slug == "novgorod"
    assert CityName.objects.get().name == "Nowy Gród"
    _record, page = send(importer, csv([*UNKNOWN_CITY[:3], "2005"]))
    assert page.context["report_view"].questions == []


def test_rows_of_an_unknown_city_are_left_out(importer):
    record, _page = send(importer, csv(GOOD, UNKNOWN_CITY))
    answer(importer, record, "leave-out")
    apply(importer, record)
    assert [agreement.city.slug for agreement in Agreement.objects.all()] == ["lviv"]


def test_what_was_left_out_is_not_said_to_stand_in_the_register(importer):
    record, _page = send(importer, csv(UNKNOWN_CITY))
    page = answer(importer, record, "leave-out")
    assert "Everything was left out" in page.content.decode()
    counts = {outcome: count for outcome, _word, count in page.context["report_view"].counted() if count}
    assert (counts, page.context["original"].counts["unchanged"]) == ({"left-out": 1}, 1)
    page = importer.get(address("change", record.pk), {"rows": "left-out"})
    [row] = page.context["rows"]
    assert (row["action"], [message["code"] for message in row["messages"]]) == ("left-out", ["left-out"])


def test_the_list_counts_what_was_left_out_as_the_letter_does(importer):
    record, _page = send(importer, csv(GOOD, UNKNOWN_CITY))
    answer(importer, record, "leave-out")
    html = importer.get(address("changelist")).content.decode()
    assert ("1 new, 1 left out" in html, "unchanged" in html) == (True, False)
    apply(importer, record)
    assert "1 new, 1 left out" in importer.get(address("changelist")).content.decode()


@pytest.mark.parametrize(("key", "left"), [({}, 0), ({"key": "city:other"}, 1), ({"key": "city:nowy grod"}, 0)])
def test_an_answer_is_told_and_can_be_taken_back(importer, key, left):
    record, _page = send(importer, csv(UNKNOWN_CITY))
    page = answer(importer, record, "leave-out")
    ((_key, question, rows, said),) = page.context["report_view"].answers
    assert question == "<b>City:</b> The register knows no city “Nowy Gród”. Say which one it is."
    assert (rows, said) == ("2", "leave these rows out")
    page = post(importer, "again", record, **key)
    assert (page.context["report_view"].bad, len(page.context["report_view"].answers)) == (1 - left, left)
    assert len(page.context["original"].decisions) == 2 * left


def test_the_answer_for_rows_struck_through_is_given_once_and_can_be_taken_back(importer):
    struck = [filled([*GOOD[:3], year], STRUCK) for year in ("2006", "2007")]
    record, page = send(importer, book(HEAD, GOOD, *struck), name="a.xlsx")
    assert offered(page) == ["", "confirm", "leave-out"]
    page = answer(importer, record, "leave-out")
    assert (page.context["report_view"].bad, page.context["report_view"].writes) == (0, 1)
    ((key, question, rows, said),) = page.context["report_view"].answers
    assert (key, question.partition(".")[0], rows, said) == (
        "struck:rows",
        "2 rows are struck through",
        "3–4",
        "leave these rows out",
    )
    page = post(importer, "again", record, key="struck:rows")
    assert (page.context["report_view"].bad, page.context["report_view"].answers) == (2, [])


def test_a_text_struck_in_part_is_asked_about_under_the_name_of_its_column(importer):
    text = rich(("<strike/>", "Umowa o lasach "), (None, "Umowa o parkach"))
    _record, page = send(importer, book(HEAD, [*GOOD[:2], text, GOOD[3]]), name="a.xlsx")
    ((question, _field, _city),) = page.context["answers"].asked()
    assert question["text"].startswith("<b>Title:</b> 1 text is struck through, at least in part")


def test_questions_say_which_column_they_are_about(importer):
    row = ["Lviv", "protocol", "5/6/2011", "5/6/2011"]
    _record, page = send(importer, csv(row, head=["City", "Kind", "Signed on", "In force from"]))
    texts = [question["text"] for question, _field, _city in page.context["answers"].asked()]
    assert [text.partition(" In “5/6/2011”")[0] for text in texts] == ["<b>Signed on:</b>", "<b>In force from:</b>"]


def test_texts_in_the_other_language_are_asked_about_once_for_their_column(importer):
    rows = [[*GOOD[:2], f"Agreement on the friendship of cities in {year}", str(year)] for year in range(1991, 1997)]
    record, page = send(importer, csv(*rows))
    assert (offered(page), page.context["report_view"].bad) == (["", "move", "stay"], 6)
    page = answer(importer, record, "move")
    ((_key, question, _rows, said),) = page.context["report_view"].answers
    assert (question[:13], said) == ("<b>Title:</b>", "the texts are English: put them there")
    apply(importer, record)
    assert {(agreement.title_pl or "", agreement.title_en[:9]) for agreement in Agreement.objects.all()} == {
        ("", "Agreement")
    }


def test_what_a_sheet_says_of_publication_is_done_where_somebody_says_so_who_may(client, importer):
    data = csv([*GOOD, "Agreement on parks", "published"], head=[*HEAD, "Title", "Publication"])
    record, page = send(importer, data)
    assert (offered(page), page.context["report_view"].bad) == (["", "leave"], 0)
    key = record.report["questions"][0]["key"]
    assert post(importer, "answers", record, key=key, **{f"answer-{token(key)}": "as-told"}).status_code == 400
    administrator = sign_in(client, WRITERS)
    page = answer(administrator, record, "as-told")
    assert page.context["report_view"].answers[0][1].startswith("<b>Publication:</b> Rows ask")
    client.force_login(account("importer", username="other"))
    assert "publish: agreements" in apply(client, record).content.decode()
    assert not Agreement.objects.exists()
    client.force_login(account(WRITERS, username="third"))
    apply(client, record)
    assert Agreement.objects.get().publication == "published"


CITY = {"name_pl": "Nowy Gród", "name_en": "New Castle", "country": "GB", "latitude": "54.97", "longitude": "-1.61"}


def test_a_city_that_the_register_lacks_is_described_and_becomes_a_draft(administrator):
    record, _page = send(administrator, csv(UNKNOWN_CITY))
    page = answer(administrator, record, "new-city")
    assert 'value="Nowy Gród"' in page.content.decode()
    page = answer(administrator, record, "new-city", **CITY | {"latitude": "north", "name_en": "Lviv"})
    ((_question, _field, form),) = page.context["answers"].asked()
    assert (page.status_code, set(form.errors)) == (400, {"latitude", "name_en"})
    assert "Some answers are not complete" in page.content.decode()
    page = answer(administrator, record, "new-city", **CITY)
    assert "Nowy Gród · 2004" in page.content.decode()
    html = apply(administrator, record).content.decode()
    for words in (
        "1 new agreement came in as a draft",
        "a new city: New Castle",
        "the public sees neither it nor its agreements",
    ):
        assert words in html
    city = PartnerCity.objects.get(slug="new-castle")
    assert (city.publication, city.agreements.count(), str(city.latitude)) == ("draft", 1, "54.97000")


def test_a_new_city_takes_no_address_at_which_another_was_public(administrator):
    city = CityFactory(slug="new-castle")
    city.publication, city.slug = "draft", "newcastle-upon-tyne"
    city.save()
    record, _page = send(administrator, csv(UNKNOWN_CITY))
    answer(administrator, record, "new-city")
    page = answer(administrator, record, "new-city", **CITY)
    ((_question, _field, form),) = page.context["answers"].asked()
    assert list(form.errors) == ["name_en"]
    assert "new-castle” stands at this address" in form.errors["name_en"][0]


def test_who_may_not_add_cities_is_not_offered_to_and_told_whom_to_ask(importer):
    record, page = send(importer, csv(UNKNOWN_CITY))
    assert offered(page) == ["", "lviv", "leave-out"]
    assert "If a city is not in the register yet, ask somebody who may add cities" in page.content.decode()
    page = answer(importer, record, "new-city", **CITY)
    assert (page.status_code, page.context["original"].decisions) == (400, {})
    _record, page = send(importer, csv([*GOOD[:3], "12.05.05"]))
    assert "ask somebody who may add cities" not in page.content.decode()


def test_a_new_city_that_an_administrator_described_is_applied_by_nobody_who_may_not_add_cities(client, administrator):
    record, _page = send(administrator, csv(UNKNOWN_CITY))
    answer(administrator, record, "new-city")
    importer = sign_in(Client(), "importer")
    page = importer.get(address("change", record.pk))
    assert (offered(page), page.context["answers"].cities) == (["", "lviv", "leave-out"], {})
    answer(administrator, record, "new-city", **CITY)
    assert "add: partner cities" in importer.get(address("change", record.pk)).content.decode()
    assert apply(importer, record).status_code == 403
    assert not PartnerCity.objects.filter(slug="new-castle").exists()


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("pl", ["Lwów / Lviv", "Łódź", "Żylina / Aachen", "Żytomierz / Zhytomyr"]),
        ("en", ["Aachen / Żylina", "Łódź", "Lviv / Lwów", "Zhytomyr / Żytomierz"]),
    ],
)
def test_cities_are_offered_by_name_in_the_language_of_the_page(importer, language, names):
    for slug, pl, en in (("a", "Łódź", "Łódź"), ("b", "Żytomierz", "Zhytomyr"), ("z", "Żylina", "Aachen")):
        CityFactory(slug=slug, name_pl=pl, name_en=en)
    record, _page = send(importer, csv(["Qqq", *UNKNOWN_CITY[1:]]))
    page = importer.get(address("change", record.pk, language=language))
    labels = [label for _value, label in next(iter(page.context["answers"].fields.values())).choices]
    assert labels[1:-1] == names
    answer(importer, record, "a")
    page = importer.get(address("change", record.pk, language=language))
    assert [said for *_asked, said in page.context["report_view"].answers] == ["Łódź"]


@pytest.mark.parametrize(
    ("day", "answers"),
    [
        ("5/6/2005", {"day": "2005-06-05", "month": "2005-05-06"}),
        ("12.05.05", {"2005-05-12": "2005-05-12", "1905-05-12": "1905-05-12"}),
    ],
    ids=["day or month", "two digits"],
)
def test_a_doubtful_date_is_never_guessed(importer, day, answers):
    head = ["City", "Kind", "Title", "Signed on"]
    for value, expected in answers.items():
        record, page = send(importer, csv(["Lviv", "protocol", value, day], head=head))
        assert (page.context["report_view"].bad, value in offered(page)) == (1, True)
        page = answer(importer, record, value)
        assert page.context["report_view"].rows()[0]["values"]["signed_on"] == expected


def test_an_answer_that_was_not_offered_is_refused(importer):
    record, _page = send(importer, csv(UNKNOWN_CITY))
    assert answer(importer, record, "atlantis").status_code == 400
    record.refresh_from_db()
    assert record.decisions == {}


def test_many_questions_are_asked_page_by_page(importer, monkeypatch):
    monkeypatch.setattr("partners.admin.imports.QUESTIONS_ON_A_PAGE", 2)
    record, page = send(importer, csv(*(["Miasto " + letter, "protokół", "", "2004"] for letter in "abcde")))
    assert (len(page.context["answers"].fields), "?q=3" in page.content.decode()) == (2, True)
    page = importer.get(address("change", record.pk), {"q": "3"})
    assert len(page.context["answers"].fields) == 1
    ((_question, field, _city),) = page.context["answers"].asked()
    page = post(importer, "answers", record, **{"key": "city:miasto e", "q": "3", field.name: "lviv"})
    assert page.redirect_chain == [(f"{address('change', record.pk)}?q=3#questions", 302)]


@pytest.mark.parametrize(
    ("language", "asked", "said"),
    [
        ("en", "“p” in “Rodzaj aktu”", "partnership agreement"),
        ("pl", "„p” w kolumnie „Rodzaj aktu”", "umowa o partnerstwie"),
    ],
)
def test_a_word_is_explained_once_for_all_its_rows_listed_and_taken_back(importer, language, asked, said):
    rows = [["Lwów", "p", f"Umowa {number}", str(1900 + number)] for number in range(1, 61)]
    record, _page = send(importer, csv(*rows))
    page = importer.get(address("change", record.pk, language=language))
    html = page.content.decode()
    assert (page.context["original"].counts["doubtful"], asked in html, "2–61 (60)" in html.replace("\xa0", " ")) == (
        60,
        True,
        True,
    )
    assert "sheetalias/?about__exact=kind" in html
    assert [remarks for _level, _title, remarks, _more in page.context["report_view"].remarks()] == []
    answer(importer, record, "partnership")
    page = importer.get(address("change", record.pk, language=language))
    ((key, question, rows, given),) = page.context["report_view"].answers
    assert (key, rows, given, asked in question) == ("word:kind:p", "2–61", said, True)
    assert (page.context["report_view"].writes, "/sheetalias/" in page.content.decode()) == (60, True)
    page = post(importer, "again", record, key="word:kind:p")
    assert (page.context["original"].counts["doubtful"], page.context["original"].decisions) == (60, {})


def test_a_word_that_was_explained_is_known_in_the_next_file(importer):
    record, _page = send(importer, csv([GOOD[0], "p", *GOOD[2:]]))
    answer(importer, record, "partnership")
    assert "“p” (kind of agreement) is known from now on." in apply(importer, record).content.decode()
    _record, page = send(importer, csv([GOOD[0], "P", "Umowa o mostach", "2006"]))
    assert (page.context["report_view"].questions, page.context["report_view"].writes) == ([], 1)


def test_dates_that_are_written_alike_are_answered_once_with_samples(importer):
    rows = [["Lwów", "protokół", f"Protokół {number}", f"{number}.12.{70 + number}"] for number in range(1, 21)]
    record, page = send(importer, csv(*rows))
    [question] = page.context["report_view"].questions
    assert question["key"] == "shape:signed_on:99.99.99"
    assert "<b>Signed on:</b> Dates such as “1.12.71”" in page.content.decode()
    assert "day-19" in offered(page)
    page = answer(importer, record, "day-19")
    assert (page.context["report_view"].writes, page.context["report_view"].questions) == (20, [])
    page = post(importer, "again", record, key="shape:signed_on:99.99.99")
    assert len(page.context["report_view"].questions) == 1


def test_a_column_is_explained_and_known_in_the_next_file(importer):
    head = ["Ort", *HEAD[1:], "Prowadzący"]
    record, page = send(importer, csv([*GOOD, "Nowak"], head=head))
    assert page.context["report_view"].is_refused
    fields = {name: f"column-{token(name)}" for name in head}
    form = page.context["columns"]
    assert (form[fields["Tytuł"]].initial, form[fields["Prowadzący"]].initial) == ("title:pl", NOT_READ)
    chosen = {fields[name]: form[fields[name]].initial for name in head} | {fields["Ort"]: "city:en"}
    page = post(importer, "columns", record, **chosen)
    assert (page.context["report_view"].writes, "Prowadzący” is not known" in page.content.decode()) == (1, False)
    assert not SheetAlias.objects.exists()
    apply(importer, record)
    assert [(word.text, word.meaning) for word in SheetAlias.objects.all()] == [("Ort", "city")]
    _record, page = send(importer, csv(GOOD, head=["ORT:", *HEAD[1:]]))
    assert page.context["report_view"].record.counts["unchanged"] == 1


def test_a_guess_is_offered_and_kept_once_it_is_confirmed(importer):
    head = [*HEAD[:3], "Data podpisana"]
    record, page = send(importer, csv([*GOOD[:3], "2005"], head=head))
    form = page.context["columns"]
    fields = {name: field for field, name in form.names.items()}
    assert form[fields["Data podpisana"]].initial == "signed_on:en"
    page = post(importer, "columns", record, **{field: form[field].initial for field in form.names})
    assert page.context["report_view"].writes == 1
    assert "The column name “Data podpisana” is known" in apply(importer, record).content.decode()
    assert SheetAlias.objects.get().meaning == "signed_on"


def test_guesses_sent_back_unchanged_never_give_two_columns_one_meaning(importer):
    head = [*HEAD, "Data podpsania", "Obowiązywanie do", "Obowiązuje do dn.", "Status"]
    record, page = send(importer, csv([*GOOD, "2005", "2007", "", "x"], head=head))
    assert page.context["report_view"].writes == 1
    form = page.context["columns"]
    initial = {name: form[field].initial for field, name in form.names.items()}
    assert [initial[name] for name in head[4:]] == [NOT_READ, "valid_until:en", NOT_READ, NOT_READ]
    page = post(importer, "columns", record, **{field: form[field].initial for field in form.names})
    assert page.context["report_view"].writes == 1


def test_what_is_said_of_the_columns_of_a_sheet_that_stays_unread_is_told_to_nobody(importer):
    head = [*HEAD[:3], "Kiedy A", "Kiedy B"]
    record, _page = send(importer, csv([*GOOD[:3], "2005", "2006"], head=head))
    meanings = dict(zip(head, ["city:en", "kind:en", "title:pl", "signed_on:en", "signed_on:en"], strict=True))
    sent = {f"column-{token(name)}": value for name, value in meanings.items()}
    assert post(importer, "columns", record, **sent).context["report_view"].code == "duplicate-column"
    record.refresh_from_db()
    assert (record.mapping["Kiedy A"], "Miasto" in record.mapping) == ("signed_on:en", False)
    assert not SheetAlias.objects.exists()


def test_names_in_which_no_column_is_recognized_can_be_explained(importer):
    head = ["Ort", "Art", "Titel", "Datum"]
    record, page = send(importer, csv([*GOOD[:3], "2005"], head=head))
    assert page.context["report_view"].code == "no-header"
    assert "“Ort”, “Art”, “Titel”, “Datum”" in page.content.decode()
    meanings = dict(zip(head, ["city:en", "kind:en", "title:pl", "signed_on:en"], strict=True))
    page = post(importer, "columns", record, **{f"column-{token(name)}": value for name, value in meanings.items()})
    assert page.context["report_view"].writes == 1


def test_one_of_several_sheets_is_chosen(importer):
    book, file = openpyxl.Workbook(), BytesIO()
    for sheet, rows in {book.active: [GOOD], book.create_sheet("Umowy 2006"): [GOOD, [*GOOD[:3], "2006"]]}.items():
        for row in [HEAD, *rows]:
            sheet.append(row)
    book.save(file)
    record, page = send(importer, file.getvalue(), name="umowy.xlsx")
    assert [value for value, _label in page.context["sheets"].fields["sheet"].choices] == ["Sheet", "Umowy 2006", "*"]
    html = page.content.decode()
    assert ("Say which one to read" in html, "Refused, and why" in html) == (True, False)
    assert post(importer, "sheet", record, sheet="Umowy 1999").status_code == 400
    page = post(importer, "sheet", record, sheet="Umowy 2006")
    assert (page.context["report_view"].writes, page.context["sheets"]) == (2, None)
    page = post(importer, "again", record, key="sheet")
    page = post(importer, "sheet", record, sheet="*")
    assert page.context["report_view"].bad == 0
    page = importer.get(address("change", record.pk), {"rows": "unchanged"})
    assert "row Umowy 2006!2" in page.content.decode()


def test_a_sheet_is_applied_once_as_drafts(importer):
    record, page = send(importer, csv(GOOD, [*GOOD[:3], "2006"]))
    page = apply(importer, record)
    assert told(page) == ["2 rows were applied."]
    assert {agreement.publication for agreement in Agreement.objects.all()} == {"draft"}
    agreement = Agreement.objects.first()
    assert f'href="/en/admin/partners/agreement/{agreement.pk}/change/"' in page.content.decode()
    assert f'href="/en/admin/partners/agreement/{agreement.pk}/history/"' in page.content.decode()
    assert told(apply(importer, record)) == ["Nothing was done: this import is not open any more."]
    assert (Agreement.objects.count(), Agreement.history.count()) == (2, 2)
    record.refresh_from_db()
    assert (record.applied_by.username, record.state) == ("importer", "applied")


def test_good_rows_are_applied_alone_only_if_that_is_said(importer):
    record, page = send(importer, csv(GOOD, WRONG_DAY))
    assert "Apply only the good row" in page.content.decode()
    assert "Correct them, or apply the good rows only" in told(apply(importer, record))[0]
    assert Agreement.objects.count() == 0
    apply(importer, record, what="good")
    assert [agreement.title_pl for agreement in Agreement.objects.all()] == ["Umowa o parkach"]


def test_new_agreements_are_published_by_those_who_may_and_say_so(client):
    data = csv([*GOOD, "Agreement on parks"], [*GOOD[:3], "2006", ""], head=[*HEAD, "Title"])
    record, page = send(sign_in(client, WRITERS), data)
    assert 'name="publish"' in page.content.decode()
    page = send(sign_in(client, "importer"), data)[1]
    assert 'name="publish"' not in page.content.decode()
    page = apply(client, record, publish="yes")
    assert (page.status_code, "publish: agreements" in page.content.decode()) == (403, True)
    client.force_login(account(WRITERS, username="other"))
    apply(client, record, publish="yes")
    assert [agreement.publication for agreement in Agreement.objects.order_by("signed_on")] == ["published", "draft"]
    client.force_login(account("importer", username="third"))
    assert client.post(address("undo", record.pk)).status_code == 403


def test_who_may_import_but_not_change_agreements_may_add_only(client, lviv):
    AgreementFactory(city=lviv, number=5, signed_on="2005-05-12", title_pl="Umowa o parkach", kind="cooperation")
    person = account("importer")
    person.groups.clear()
    person.user_permissions.set(Permission.objects.filter(codename__in=["import_agreements", "add_agreement"]))
    client.force_login(person)
    head = [*HEAD, "Uchwała"]
    record, page = send(client, csv([*GOOD, "XX/1"], head=head))
    assert ("change: agreements" in page.content.decode(), page.context["report_view"].writes) == (True, 1)
    assert apply(client, record).status_code == 403
    record, _page = send(client, csv(["Lwów", "protokół", "Protokół", "2006", "XX/1"], head=head))
    assert told(apply(client, record)) == ["1 row was applied."]


def test_a_register_that_changed_since_shows_the_new_plan_instead(importer, lviv):
    record, _page = send(importer, csv(GOOD))
    AgreementFactory(city=lviv, signed_on="2005-05-12", kind="cooperation", title_pl="Umowa o parkach")
    page = apply(importer, record)
    assert ("changed since you looked" in told(page)[0], page.context["report_view"].writes) == (True, 0)
    assert Agreement.objects.count() == 1


def test_a_plan_that_was_changed_on_another_tab_is_shown_before_it_is_applied(importer):
    record, _page = send(importer, csv(GOOD, UNKNOWN_CITY))
    record.refresh_from_db()
    seen = record.plan_digest
    answer(importer, record, "lviv")
    assert "changed since you looked" in told(post(importer, "apply", record, plan=seen, what="good"))[0]
    assert Agreement.objects.count() == 0


def test_an_edit_in_the_portal_since_the_download_is_asked_about(administrator, lviv):
    agreement = AgreementFactory(city=lviv, signed_on="2005-05-12", resolution="I/1")
    data = administrator.get("/en/admin/partners/agreement/sheet/csv/").content.replace(b"I/1", b"II/2")
    agreement = Agreement.objects.get(pk=agreement.pk)
    agreement.resolution = "III/3"
    agreement.save()
    record, page = send(administrator, data)
    html = page.content.decode().replace("\xa0", " ")
    assert "it says “III/3”" in html
    title = agreement.title_en or agreement.title_pl
    assert f"<b>{agreement.number}. Lviv · 12 May 2005 · {title} · Council resolution:</b>" in html
    assert offered(page) == ["", "keep", "take"]
    [row] = page.context["rows"]
    summary = f"Lviv · 12 May 2005 · {agreement.title_pl}"
    assert (row["action"], row["summary"].replace("\xa0", " ")) == ("doubtful", summary)
    answer(administrator, record, "take")
    apply(administrator, record)
    agreement.refresh_from_db()
    assert agreement.resolution == "II/2"


def test_an_import_is_taken_back_after_a_question(importer):
    record, _page = send(importer, csv(GOOD))
    apply(importer, record)
    page = importer.get(address("undo", record.pk))
    assert ("are removed" in page.content.decode(), Agreement.objects.count()) == (True, 1)
    assert "as it stood before" in told(post(importer, "undo", record, undo="1"))[0]
    assert Agreement.objects.count() == 0
    record.refresh_from_db()
    assert (record.state, record.undone_by.username) == ("undone", "importer")
    history = importer.get(address("history", record.pk)).content.decode()
    assert ("applied" in history, "undone" in history) == (True, True)


def test_of_an_agreement_that_was_edited_since_a_person_decides(importer):
    record, _page = send(importer, csv(GOOD, ["Lwów", "protokół", "Protokół o mostach", "2004"]))
    apply(importer, record)
    agreement = Agreement.objects.get(title_pl="Umowa o parkach")
    agreement.resolution = "I/1"
    agreement.save()
    page = post(importer, "undo", record, undo="1")
    assert "Given back: 1. Decide about the others below: 1." in told(page)[0]
    assert Agreement.objects.get() == agreement
    [(touched, field)] = page.context["form"].asked()
    assert ("Umowa o parkach" in touched.name, touched.holders) == (True, [])
    assert "I/1" in page.content.decode()
    post(importer, "undo", record, undo="1")
    assert Agreement.objects.exists()
    assert "is undone" in told(post(importer, "undo", record, undo="1", **{field.html_name: "undo"}))[0]
    assert not Agreement.objects.exists()


def test_an_agreement_may_be_kept_when_its_import_is_undone(importer):
    record, _page = send(importer, csv(GOOD))
    apply(importer, record)
    Agreement.objects.get().save()
    [(_touched, field)] = importer.get(address("undo", record.pk)).context["form"].asked()
    post(importer, "undo", record, undo="1", **{field.html_name: "keep"})
    record.refresh_from_db()
    assert (record.state, Agreement.objects.count()) == ("undone", 1)


def test_a_decision_on_what_was_edited_once_more_is_not_taken(importer):
    record, _page = send(importer, csv(GOOD))
    apply(importer, record)
    Agreement.objects.get().save()
    [(_touched, field)] = importer.get(address("undo", record.pk)).context["form"].asked()
    Agreement.objects.get().save()
    post(importer, "undo", record, undo="1", **{field.html_name: "undo"})
    assert Agreement.objects.exists()


def test_a_file_that_is_gone_is_said_to_be(importer, tmp_path):
    record, _page = send(importer, csv(GOOD, UNKNOWN_CITY))
    (tmp_path / "imports" / record.file.name).unlink()
    assert "The file is gone" in told(apply(importer, record, what="good"))[0]
    assert "The file is gone" in told(answer(importer, record, "lviv"))[0]


PASSWORD = "Pan-Twardowski-99"


@pytest.fixture
def half_answered(client):
    """An import of two questions of which one was answered before the sign-in ended."""
    user = account("importer", password=PASSWORD)
    client.force_login(user)
    record, _page = send(client, csv(GOOD, UNKNOWN_CITY, ["Inny Gród", *UNKNOWN_CITY[1:]]))
    page = answer(client, record, "leave-out")
    assert f'name="writer" value="{user.pk}"' in page.content.decode()
    client.logout()
    record.refresh_from_db()
    return record


def test_answers_sent_after_the_sign_in_ended_are_kept(client, half_answered):
    name = f"answer-{token(half_answered.report['questions'][0]['key'])}"
    page = answer(client, half_answered, "lviv", writer=half_answered.uploaded_by_id)
    assert (page.status_code, dict(page.context["typed"])[name]) == (403, "lviv")
    credentials = {"sign-in-username": "importer", "sign-in-password": PASSWORD}
    page = post(client, "answers", half_answered, **dict(page.context["typed"]) | credentials)
    assert (page.request["PATH_INFO"], page.status_code) == (address("change", half_answered.pk), 200)
    assert [said for *_asked, said in page.context["report_view"].answers] == ["leave these rows out", "Lviv / Lwów"]


@pytest.mark.parametrize("step", ["sheet", "columns", "answers", "again", "apply", "undo"])
def test_who_signs_in_again_is_led_back_to_the_import_as_it_stood(client, half_answered, step):
    page = post(client, step, half_answered, plan=half_answered.plan_digest, what="good")
    credentials = {"username": "importer", "password": PASSWORD, "next": page.context["next"]}
    page = client.post(page.request["PATH_INFO"], credentials, follow=True)
    assert (page.request["PATH_INFO"], page.status_code) == (address("change", half_answered.pk), 200)
    assert (len(page.context["report_view"].answers), len(page.context["report_view"].questions)) == (1, 1)
    assert page.context["original"].state == "previewed"


def test_nothing_is_changed_by_a_link(importer):
    record, _page = send(importer, csv(GOOD))
    for step in ("sheet", "columns", "answers", "again", "recipe", "keep", "read", "apply", "undo"):
        assert importer.get(address(step, record.pk)).status_code == 302
    assert SheetImport.objects.get().state == "previewed"


def test_a_large_import_is_applied_and_taken_back_beside_the_request(administrator, lviv, monkeypatch):
    class Begun:
        def __init__(self, target, args, name):
            self.start = lambda: begun.append(lambda: target(*args))

    begun = []
    monkeypatch.setattr(background, "MIN_ROWS", 1)
    monkeypatch.setattr(background, "Thread", Begun)
    monkeypatch.setattr(background.transaction, "on_commit", lambda start: start())
    record, _page = send(administrator, csv(GOOD))
    for what, do, words in (
        ("apply", apply, "1 row was applied"),
        ("undo", partial(post, page="undo", go="yes"), "is undone"),
    ):
        page = do(administrator, record=record)  # the page that asks again by itself
        assert (page["Refresh"], page.context["what"], page.context["percent"]) == ("2", what, 0)
        do(administrator, record=record)  # a second click
        [work] = begun
        begun.clear()
        work()
        page = administrator.get(address("change", record.pk), follow=True)
        assert words in " ".join(told(page))
    record.refresh_from_db()
    assert (record.state, Agreement.objects.count()) == ("undone", 0)


def test_whoever_reads_a_sheet_anew_and_says_nothing_else_of_it_is_none_of_its_writers(importer):
    CityFactory(slug="novgorod", name_pl="Nowogród Wielki", name_en="Veliky Novgorod", country="RU")
    record, _page = send(importer, csv(UNKNOWN_CITY))
    colleague = sign_in(Client(), WRITERS)
    post(colleague, "read", record)
    assert not record.answered_by.exists()
    answer(colleague, record, "novgorod")
    post(importer, "read", record)
    assert [user.username for user in record.answered_by.all()] == [WRITERS]
