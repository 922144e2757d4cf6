"""What the form of a new agreement with a city begins with: its next number, an address word and both parties."""

from django.db.models import Count, Max

from krakow_intl.core.admin.keys import KEY
from krakow_intl.core.dates import PartialDateError, parse_partial_date
from partners.models import Agreement, PartnerCity, Party, Side

WORDS = {Agreement.Kind.OTHER: "agreement"}  # of a kind in an address, where its code says nothing
UNDATED = "undated"


def city_given(request):
    """The city that a link to a form of a new record names, or None."""
    key = request.GET.get("city", "")
    return PartnerCity.objects.filter(pk=key).first() if request.method == "GET" and KEY.fullmatch(key) else None


def values_of(city, given):
    """{field: value} of a new agreement with a city; in what a link gives, its kind and date may be."""
    values = {"number": next_number(), "city": city.pk}
    if given.get("kind") in Agreement.Kind:
        values["slug"] = address_word(city, given["kind"], given.get("signed_on", ""))
    return values


def next_number():
    return (Agreement.objects.aggregate(last=Max("number"))["last"] or 0) + 1


def address_word(city, kind, signed_on):
    """City, kind and date, as in "kyiv-twinning-1993-02-19"; where that is taken, with a figure behind it."""
    try:
        date = parse_partial_date(signed_on)
    except PartialDateError:
        date = UNDATED
    longest = Agreement._meta.get_field("slug").max_length - len("-99")
    word = f"{city.slug}-{WORDS.get(kind, kind)}-{date}"[:longest]
    taken = {*Agreement.objects.filter(slug__startswith=word).values_list("slug", flat=True)}
    others = (f"{word}-{number}" for number in range(2, len(taken) + 3))
    return next(each for each in (word, *others) if each not in taken)


def parties_of(city):
    """The rows of the two parties: Kraków as most agreements of cities call it, and the city."""
    theirs = {"name_pl": f"Miasto {city.name_pl}" if city.name_pl else ""}
    theirs |= {"name_en": f"City of {city.name_en}" if city.name_en else ""}
    return [
        {"side": Side.HOME, "position": 1} | own_name(),
        {"side": Side.PARTNER, "position": 1} | theirs,
    ]


def own_name():
    """What Kraków is called in most of the agreements of cities, in both languages; nothing while there are none."""
    parties = Party.objects.filter(side=Side.HOME, institution=None, agreement__level=Agreement.Level.CITY)
    names = parties.order_by().values("name_pl", "name_en").annotate(times=Count("pk"))
    most = names.order_by("-times", "name_pl").first()
    return {"name_pl": most["name_pl"], "name_en": most["name_en"]} if most else {}
