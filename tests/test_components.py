"""What the components of the public pages hold."""

from tests.templates import render_around


def test_a_fact_without_content_is_said_not_to_be_recorded():
    assert "not recorded" in render_around(" ", "components/facts.html", 'fact("Term")')


def test_a_fact_shows_its_content_and_note():
    html = render_around("<em>five years</em>", "components/facts.html", 'fact("Term", note="of 1991")')
    assert "<dt>Term</dt><dd><em>five years</em>" in html
    assert "of 1991" in html


def test_a_notice_holds_its_content():
    assert "<p>Mind</p>" in render_around("<p>Mind</p>", "components/page.html", 'notice("warn", title="So")')
