"""What a resident asks is answered after at most three clicks from home."""

from tests.partners.factories import AgreementFactory, CityFactory
from tests.polonia.factories import CampaignFactory, CommunityFactory


def follow(page, *links):
    """Opens home and clicks links that are said by their address or by their words."""
    assert len(links) <= 3
    page.goto("/en/")
    for link in links:
        (
            page.locator(f'a[href="{link}"]') if link.startswith("/") else page.get_by_role("link", name=link)
        ).first.click()
        page.wait_for_load_state()
    return page.get_by_role("main")


def test_which_relations_have_nothing_recorded_since_1990(live_server, page):
    for name, signed_on in (("Fez", "1986-03-13"), ("Kyiv", "2003")):
        AgreementFactory(city=CityFactory(name_en=name), signed_on=signed_on)
    answer = follow(page, "/en/partner-cities/", "since 1990: 1 city")
    assert answer.get_by_role("heading", name="Last event before 1990").is_visible()
    assert answer.get_by_role("rowheader").all_inner_texts() == ["Fez"]


def test_what_is_done_for_poles_in_kazakhstan(live_server, page):
    CommunityFactory(name_en="Poles in Kazakhstan", country="KZ")
    CampaignFactory(name_en="Families from Kazakhstan", lead_en="Four families were invited.", origin_en="Kazakhstan")
    CampaignFactory(name_en="Easter")
    answer = follow(page, "/en/polonia/", "Poles in Kazakhstan")
    assert answer.locator("section").filter(has_text="Campaigns for Poles from Kazakhstan").get_by_role(
        "link"
    ).all_inner_texts() == ["Families from Kazakhstan"]
    assert "Four families" in follow(page, "/en/polonia/", "Families from Kazakhstan").inner_text()
