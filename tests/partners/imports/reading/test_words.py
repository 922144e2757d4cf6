from datetime import date, timedelta
from random import Random

import pytest
from django.utils.translation import override

from partners.imports.reading.words import MAX_WORDS, key_of_word
from tests.partners.imports.conftest import HEADER, actions, plan_of, said

OF_A_KIND = {
    "partnership": "partnerstwo, Umowa partnerska, PARTNERSHIP, Städtepartnerschaft, Partnerschaftsvertrag, "
    "partenariat, partnerská smlouva, партнерство, miasto partnerskie",
    "twinning": "twinning, bliźniactwo, sister city, jumelage, gemellaggio, побратимство, umowa bliźniacza",
    "friendship": "przyjaźń, Freundschaft, amitié, přátelství, дружба, friendship agreement",
    "cooperation": "współpraca, co-operation, Kooperation, coopération, spolupráce, співпраця",
    "letter-of-intent": "list intencyjny, letter of intent, LOI, Absichtserklärung, lettre d'intention",
    "joint-declaration": "wspólna deklaracja, Gemeinsame Erklärung, déclaration commune, спільна декларація",
    "framework": "umowa ramowa, Rahmenvereinbarung, accord-cadre, rámcová smlouva, рамкова угода",
    "other": "umowa, agreement, Vertrag, accord, smlouva, угода, memorandum of understanding, MoU",
    "protocol": "protokół, Protokoll, protocole, protokol, протокол",
}
OF_A_TERM = {
    "open-ended": "bezterminowo, na czas nieokreślony, czas nieokreślony, do odwołania, unbefristet, open-ended, "
    "durée indéterminée, na dobu neurčitou, безстроково, indefinite, no end date, auf unbestimmte Zeit",
    "tacit-renewal": "automatic, automatisch, automatycznie, tacite reconduction, automatic renewal, stillschweigend, "
    "automatyczne przedłużenie, автоматично, tak, ja, ano",
    "fixed": "czas określony, befristet, fixed term",
    "not-recorded": "nie wiadomo, unbekannt, unknown",
}


def each(table):
    return [(word, code) for code, words in table.items() for word in words.split(", ")]


@pytest.mark.parametrize(("word", "code"), each(OF_A_KIND))
def test_the_words_of_offices_for_kinds_need_no_question(read_in_memory, word, code):
    rows, questions, _reader = read_in_memory(["Rodzaj aktu"], [word])
    assert (rows[0].facts["kind"], questions) == (code, {})


@pytest.mark.parametrize(("word", "code"), each(OF_A_TERM))
def test_the_words_of_offices_for_terms_need_no_question(read_in_memory, word, code):
    rows, questions, _reader = read_in_memory(["Przedłużanie"], [word])
    assert (rows[0].terms, questions) == ([code], {})


COLUMNS = {
    "Rodzaj aktu": ("kind", "partnership"),
    "Poziom": ("level", "legislative"),
    "Ustanawia": ("establishes", "twin"),
    "Przedłużanie": ("term", "tacit-renewal"),
    "Obowiązuje do": ("term", "open-ended"),
    "Okres (mies.)": ("term", "open-ended"),
    "Związek": ("link", "renews"),
    "Zdarzenia": ("event", "suspended"),
    "Data podpisania": ("date", "nothing"),
    "Obowiązuje od": ("date", "nothing"),
}


def codes_under(column, rows):
    return [
        message.code
        for row in rows
        for message in row.messages
        if message.column == column and message.code.endswith("word")
    ]


@pytest.mark.parametrize("column", COLUMNS)
def test_an_unknown_word_is_one_question_for_all_its_rows_and_its_answer_is_taken(read_in_memory, column):
    about, code = COLUMNS[column]
    cells = [["Qwerty"], ["qwerty "], ["QWERTY"]]
    rows, questions, _reader = read_in_memory([column], *cells)
    [question] = questions.values()
    assert (question.key, question.rows) == (f"word:{about}:qwerty", [2, 3, 4])
    assert codes_under(column, rows) == ["unknown-word"] * 3
    offered = [value for value, _label in question.choices]
    assert (code in offered, "leave-out" in offered) == (True, True)
    rows, questions, reader = read_in_memory([column], *cells, decisions={question.key: code})
    assert (questions, codes_under(column, rows)) == ({}, [])
    assert reader.learnt == {(about, "qwerty"): ("QWERTY", "" if code == "nothing" else code)}
    rows, _questions, _reader = read_in_memory([column], *cells, decisions={question.key: "leave-out"})
    assert all(row.is_left_out for row in rows)


def test_a_word_may_say_nothing_unless_its_column_must_say_something(read_in_memory):
    rows, questions, _reader = read_in_memory(["Rodzaj aktu", "Poziom"], ["qwerty", "asdf"])
    offered = {key: [value for value, _label in question.choices] for key, question in questions.items()}
    keys = key_of_word("kind", "qwerty"), key_of_word("level", "asdf")
    assert ["nothing" in offered[key] for key in keys] == [False, True]
    decisions = {"word:kind:qwerty": "nothing", "word:level:asdf": "nothing"}
    rows, questions, _reader = read_in_memory(["Rodzaj aktu", "Poziom"], ["qwerty", "asdf"], decisions=decisions)
    assert ([*questions], rows[0].facts) == (["word:kind:qwerty"], {})


def test_the_likeliest_meaning_comes_first_and_is_named_in_both_languages(read_in_memory):
    [question] = read_in_memory(["Rodzaj aktu"], ["protokul"])[1].values()
    assert question.choices[0][0] == "protocol"
    for language, name in (("en", "protocol"), ("pl", "protokół")):
        with override(language):
            assert name in str(question.text)
            assert str(question.choices[0][1]) == name


@pytest.mark.parametrize("answer", ["marriage", "", None, 7, {"name_pl": "Miasto"}])
def test_an_answer_that_means_nothing_here_is_as_none(read_in_memory, answer):
    _rows, questions, _reader = read_in_memory(["Rodzaj aktu"], ["p"], decisions={"word:kind:p": answer})
    assert [*questions] == ["word:kind:p"]


@pytest.mark.parametrize("count", [MAX_WORDS + 1, 6_000])
def test_a_column_of_too_many_different_words_is_told_once_and_asks_nothing(read_in_memory, count):
    cells = [[f"qwerty {number}"] for number in range(count)]
    rows, questions, _reader = read_in_memory(["Rodzaj aktu"], *cells, *cells, *cells)
    messages = {(message.code, message.value, str(message.text)) for row in rows for message in row.messages}
    assert (questions, len(messages), all(row.is_refused for row in rows)) == ({}, 1, True)
    assert "Rodzaj aktu" in str(next(iter(messages))[2])


def test_a_column_in_which_hardly_a_word_comes_twice_asks_nothing(read_in_memory):
    assert len(read_in_memory(["Rodzaj aktu"], *([f"qwerty {number}"] for number in range(20)))[1]) == 20
    assert read_in_memory(["Rodzaj aktu"], *([f"qwerty {number}"] for number in range(21)))[1] == {}


MIXED = (
    "p; umowa partnesrka; 5 lat; na 2 lata, przedłużana automatycznie; wygasła; pięć; 1.02.76; 3.04.05; ok. 76; →; x; "
    "7; zawiesz 2.03.04 (ktoś); 1000 lat; wiosna 1976; 5/6/2005; lata 70.; 12-14 maja 1996; Kraków, 3.05.1981; przed 76"
)


@pytest.mark.parametrize("seed", range(5))
def test_whatever_is_answered_no_question_comes_twice_and_all_come_to_an_end(read_in_memory, seed):
    chance, cells = Random(seed), MIXED.split("; ")
    rows, decisions = [[chance.choice(cells) for _column in COLUMNS] for _row in range(20)], {}
    while questions := read_in_memory([*COLUMNS], *rows, decisions=decisions)[1]:
        assert decisions.keys().isdisjoint(questions)
        decisions |= {key: chance.choice(question.choices)[0] for key, question in questions.items()}
    understood, _questions, _reader = read_in_memory([*COLUMNS], *rows, decisions=decisions)
    assert not any(row.is_doubtful for row in understood if not row.is_left_out)


def test_seven_thousand_rows_of_one_word_are_one_question_and_as_many_new_rows(cities):
    rows = [["Lwów", "p", f"{date(1990, 1, 1) + timedelta(number):%d.%m.%Y}"] for number in range(7_128)]
    plan = plan_of(HEADER, *rows)
    [question] = plan.questions.values()
    assert (question.key, len(question.rows), plan.counts["doubtful"]) == ("word:kind:p", 7_128, 7_128)
    plan = plan_of(HEADER, *rows, decisions={"word:kind:p": "partnership"})
    assert (plan.counts["new"], plan.questions, plan.words) == (7_128, {}, [("kind", "p", "partnership")])


@pytest.mark.parametrize("column", ["Data podpisania", "Obowiązuje do"])
def test_a_logical_value_is_no_word_for_a_date(read_in_memory, column):
    rows, questions, _reader = read_in_memory([column], [True])
    assert (questions, rows[0].is_refused) == ({}, True)


def test_nothing_is_asked_of_rows_that_another_answer_leaves_out(read_in_memory):
    decisions = {"word:level:asdf": "leave-out"}
    _rows, questions, _reader = read_in_memory(["Rodzaj aktu", "Poziom"], ["p", "asdf"], decisions=decisions)
    assert questions == {}


def test_which_agreement_is_meant_is_asked_once_the_word_is_explained(cities):
    plan = plan_of([*HEADER, "Numer"], ["Lwów", "p", "1991", 7], ["Lwów", "p", "1992", ""])
    assert (said(plan), actions(plan)) == ([(2, "unknown-word"), (3, "unknown-word")], ["doubtful"] * 2)


@pytest.mark.parametrize(("answer", "country"), [("DE", "DE"), ("confirm", None), ("leave-out", None)])
def test_an_unknown_country_is_explained_by_another_name(cities, answer, country):
    rows = [[*HEADER, "Kraj"], ["Norymberga", "umowa o partnerstwie", "1991", "Teutonia"]]
    [question] = plan_of(*rows).questions.values()
    assert {"DE", "confirm", "leave-out"} < {value for value, _label in question.choices}
    plan = plan_of(*rows, decisions={question.key: answer})
    assert (plan.questions, plan.rows[0].row.values.get("country")) == ({}, country)
    assert plan.words == ([("country", "Teutonia", "DE")] if country else [])


@pytest.mark.parametrize("word", ["Österreich", "Autriche", "Rakousko", "Австрія", "Austria"])
def test_a_country_is_known_in_the_languages_around(read_in_memory, word):
    assert read_in_memory(["Kraj"], [word])[0][0].country == "AT"
