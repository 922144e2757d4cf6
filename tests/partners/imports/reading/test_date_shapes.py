import pytest
from django.utils.translation import override

SIGNED = ["Data podpisania"]
# the shape of spellings, some cells of it, and what some answers make of these
ASKED = [
    ("99.99.99", ["12.12.76", "3.05.81", "12.12.76"], {"day-19": ["1976-12-12", "1981-05-03", "1976-12-12"]}),
    ("99.99.99 r.", ["12.12.76 r.", "3.05.11 r."], {"day-past": ["1976-12-12", "2011-05-03"]}),
    ("99.99.99", ["76.12.05", "81.05.03", "03.04.05"], {"year-19": ["1976-12-05", "1981-05-03", "1903-04-05"]}),
    ("99 m 99", ["12 maja 76", "3 XII 81"], {"19": ["1976-05-12", "1981-12-03"], "20": None}),
    ("m-99", ["gru-76", "maj-77"], {"19": ["1976-12", "1977-05"]}),
    ("ok. 9999", ["ok. 1976", "Ok. 1980"], {"named": ["1976", "1980"]}),
    ("9999?", ["1976?", "1977?"], {"named": ["1976", "1977"]}),
    ("99.99.9999", ["00.12.1976", "00.00.1977"], {"named": ["1976-12", "1977"]}),
    ("wiosna 9999", ["wiosna 1976", "Wiosna 1980"], {"named": ["1976", "1980"]}),
    ("m kw. 9999", ["III kw. 1976", "I kw. 1980"], {"named": ["1976", "1980"]}),
    ("99.99.9999 ( a )", ["12.12.1976 (Kraków)", "3.05.1981 (Lwów)"], {"named": ["1976-12-12", "1981-05-03"]}),
    ("a , 99.99.9999", ["Kraków, 12.12.1976", "Nowy Jork, 3.05.1981"], {"named": ["1976-12-12", "1981-05-03"]}),
    ("9999-9999", ["1976-1980", "1981-1983"], {"first": ["1976", "1981"], "last": ["1980", "1983"]}),
    ("99-99 m 9999", ["12-14 maja 1996", "3-4 maja 1997"], {"shared": ["1996-05", "1997-05"]}),
    ("przed 9999", ["przed 1976", "przed 1980"], {}),
    ("lata 99.", ["lata 70.", "lata 80."], {}),
]


def days(rows):
    return [row.facts["signed_on"] for row in rows if "signed_on" in row.facts]


@pytest.mark.parametrize(("shape", "cells", "answers"), ASKED, ids=[cells[0] for _shape, cells, _answers in ASKED])
def test_dates_that_are_written_alike_are_asked_about_once(read_in_memory, shape, cells, answers):
    cells = [[cell] for cell in cells]
    rows, questions, _reader = read_in_memory(SIGNED, *cells)
    [question] = questions.values()
    assert (question.key, question.rows, days(rows)) == (f"shape:signed_on:{shape}", [row.number for row in rows], [])
    assert {"none", "leave-out", "each", *answers} <= {value for value, _label in question.choices}
    for answer, expected in answers.items():
        rows, _questions, _reader = read_in_memory(SIGNED, *cells, decisions={question.key: answer})
        assert expected in (None, days(rows))
    rows, left, _reader = read_in_memory(SIGNED, *cells, decisions={question.key: "none"})
    assert (days(rows), left) == ([None] * len(rows), {})
    rows, left, _reader = read_in_memory(SIGNED, *cells, decisions={question.key: "leave-out"})
    assert (all(row.is_left_out for row in rows), left) == (True, {})


@pytest.mark.parametrize("answer", ["each", "year-19", "marriage"])
def test_a_text_that_an_answer_does_not_fit_is_asked_about_alone(read_in_memory, answer):
    cells, decisions = [["12.12.76"], ["31.05.81"]], {"shape:signed_on:99.99.99": answer}
    _rows, questions, _reader = read_in_memory(SIGNED, *cells, decisions=decisions)
    assert [*questions] == ["date:signed_on:12 12 76", "date:signed_on:31 05 81"]
    decisions |= {key: question.choices[0][0] for key, question in questions.items()}
    rows, questions, _reader = read_in_memory(SIGNED, *cells, decisions=decisions)
    assert (len(days(rows)), questions) == (2, {})


def test_each_way_to_read_them_shows_a_sample_and_how_many_cells_it_fits(read_in_memory):
    cells = [[cell] for cell in ("12.12.76", "31.05.81", "31.05.81", "4.03.76")]
    [question] = read_in_memory(SIGNED, *cells)[1].values()
    with override("en"):
        assert "“12.12.76”, “31.05.81”, “4.03.76”" in str(question.text)
        labels = {value: str(label) for value, label in question.choices}
    assert "“12.12.76” is 12 December 1976 (fits 4 of 4)" in labels["day-19"].replace("\xa0", " ")


def test_the_order_of_a_column_is_asked_with_what_it_makes_of_the_cells(read_in_memory):
    [question] = read_in_memory(["Signed on"], ["5/12/1999"], ["6/11/2000"])[1].values()
    with override("en"):
        labels = {value: str(label).replace("\xa0", " ") for value, label in question.choices}
    assert labels == {
        "day": "the day comes first: “5/12/1999” is 5 December 1999 (fits 2 of 2)",
        "month": "the month comes first: “5/12/1999” is 12 May 1999 (fits 2 of 2)",
    }


def test_one_answer_of_an_earlier_file_counts_for_a_text_that_stands_alone(read_in_memory):
    rows, questions, _reader = read_in_memory(SIGNED, ["3.05.81"], decisions={"shape:signed_on:99.99.99": "day-19"})
    assert (days(rows), questions) == (["1981-05-03"], {})


@pytest.mark.parametrize(
    ("column", "cell", "day"),
    [
        ("Data podpisania", "podpisano 12.12.1976", "1976-12-12"),
        ("Data podpisania", "zawarta w dniu 12 grudnia 1976 r.", "1976-12-12"),
        ("Data podpisania", "signed on 12 December 1976", "1976-12-12"),
        ("Data podpisania", "unterzeichnet am 12. Dezember 1976", "1976-12-12"),
        ("Obowiązuje od", "od 12.12.1976", "1976-12-12"),
        ("Obowiązuje od", "ab 1976", "1976"),
        ("Obowiązuje do", "do 12.12.1976", "1976-12-12"),
        ("Obowiązuje do", "do końca 2005 r.", "2005"),
        ("Obowiązuje do", "until the end of May 2005", "2005-05"),
        ("Obowiązuje do", "bis Ende 2005", "2005"),
        ("Obowiązuje do", "wygasa 31.12.2005", "2005-12-31"),
        ("Obowiązuje do", "podpisano 12.12.1976", None),
        ("Data podpisania", "do 12.12.1976", None),
        ("Data podpisania", "odnowiono 12.12.1976", None),
    ],
)
def test_words_that_repeat_what_the_column_says_are_no_matter_and_others_are_asked_about(
    read_in_memory, column, cell, day
):
    [row], questions, _reader = read_in_memory([column], [cell])
    assert ([*row.facts.values()], bool(questions)) == ([day] if day else [], not day)
