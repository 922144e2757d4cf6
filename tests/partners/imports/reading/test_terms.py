import pytest

LENGTHS = "5 lat, pięć lat, 60, 60 mies., na okres 5 lat, 5 Jahre, five years, 5-letnia, 5 lat od podpisania, 5 років"


def facts(read_in_memory, header, *cells, **decisions):
    [row], questions, _reader = read_in_memory(header, cells, decisions=decisions.get("decisions"))
    return row, questions


@pytest.mark.parametrize("cell", LENGTHS.split(", "))
@pytest.mark.parametrize(
    ("column", "code"),
    [
        ("Okres (mies.)", "term_months"),
        ("Okres wypowiedzenia (mies.)", "notice_months"),
        ("Okres przedłużenia (mies.)", "renewal_months"),
    ],
)
def test_a_length_of_time_is_read_in_each_column_of_months(read_in_memory, column, code, cell):
    row, questions = facts(read_in_memory, [column], cell)
    assert (row.facts, row.messages, questions) == ({code: 60}, [], {})


@pytest.mark.parametrize(
    ("cell", "months", "renewal", "terms", "codes"),
    [
        ("na 5 lat z możliwością przedłużenia", 60, None, [], ["length-alone"]),
        ("5 years with an option to extend", 60, None, [], ["length-alone"]),
        ("5 lat, przedłużana automatycznie", 60, None, ["tacit-renewal"], []),
        ("na 3 lata z automatycznym przedłużeniem", 36, None, ["tacit-renewal"], []),
        ("2 lata, przedłużana automatycznie na kolejne 5 lat", 24, 60, ["tacit-renewal"], []),
        ("5 lat temu", None, None, [], ["not-a-number"]),
    ],
)
def test_what_stands_beside_a_length_is_taken_or_told(read_in_memory, cell, months, renewal, terms, codes):
    row, _questions = facts(read_in_memory, ["Okres (mies.)"], cell)
    assert (row.facts.get("term_months"), row.facts.get("renewal_months"), [*row.terms]) == (months, renewal, terms)
    assert [message.code for message in row.messages] == codes


@pytest.mark.parametrize(
    ("column", "answer"),
    [("Obowiązuje do", "term_months"), ("Przedłużanie", "renewal_months"), ("Przedłużanie", "term_months")],
)
def test_a_length_in_a_column_of_something_else_is_asked_about_once(read_in_memory, column, answer):
    cells = [["5 lat"], ["2 lata"], ["18 miesięcy"]]
    rows, questions, _reader = read_in_memory([column], *cells)
    [question] = questions.values()
    assert (question.rows, [message.code for row in rows for message in row.messages]) == (
        [2, 3, 4],
        ["period-for-date"] * 3,
    )
    rows, questions, _reader = read_in_memory([column], *cells, decisions={question.key: answer})
    assert ([row.facts for row in rows], questions) == ([{answer: 60}, {answer: 24}, {answer: 18}], {})
    rows, _questions, _reader = read_in_memory([column], *cells, decisions={question.key: "leave-out"})
    assert all(row.is_left_out for row in rows)


def test_two_cells_that_say_two_lengths_contradict_each_other(read_in_memory):
    decisions = {"period:valid_until": "term_months"}
    row, _questions = facts(read_in_memory, ["Obowiązuje do", "Okres (mies.)"], "5 lat", "60", decisions=decisions)
    assert (row.facts, row.messages) == ({"term_months": 60}, [])
    row, _questions = facts(read_in_memory, ["Obowiązuje do", "Okres (mies.)"], "5 lat", "36", decisions=decisions)
    assert [message.code for message in row.messages] == ["contradictory-term"]


@pytest.mark.parametrize(
    "cell",
    ["automatycznie na 5 lat", "Automatycznie co pięć lat", "milcząco na następne 5 lat", "automatisch um 5 Jahre"],
)
def test_a_renewal_may_say_by_how_long(read_in_memory, cell):
    row, _questions = facts(read_in_memory, ["Przedłużanie"], cell)
    assert (row.facts, row.terms) == ({"renewal_months": 60}, ["tacit-renewal"])
