"""Lists as German and Austrian offices keep them."""

from tests.spreadsheets.careful import as_book, as_ods, as_text, as_xls, as_xlsx, office

GERMAN = {
    "Stadt": "city:en",
    "Partnerstadt": "city:en",
    "Land": "country:en",
    "Art": "kind:en",
    "Art der Vereinbarung": "kind:en",
    "Datum": "signed_on:pl",
    "Unterzeichnet am": "signed_on:pl",
    "seit": "signed_on:pl",
    "Bemerkungen": "notes:en",
    "gültig bis": "valid_until:pl",
}
KINDS = {
    "word:kind:stadtepartnerschaft": "partnership",
    "word:kind:freundschaftsvertrag": "friendship",
    "word:kind:freundschaftsabkommen": "friendship",
    "word:kind:absichtserklarung": "letter-of-intent",
    "word:kind:rahmenvertrag": "framework",
    "word:kind:protokoll": "protocol",
    "word:kind:erklarung": "declaration",
    "word:kind:partnerschaftsvertrag": "partnership",
}
GERMAN_WORDS = "the kinds are in German, which a person explains"
OF_ANOTHER_CITY = "the list is of another city's partners, Kraków among them"

office(
    "vertraege-krakau.xlsx",
    as_xlsx("""
Stadt Nürnberg – Amt für Internationale Beziehungen
Vereinbarungen der Stadt Krakau (Stand: 1. März 2012)

Nr.|Stadt|Land|Art der Vereinbarung|Unterzeichnet am|Bemerkungen
1.|Nürnberg|Deutschland|Rahmenvertrag|2. Oktober 1979|
2.|Leipzig|DDR|Protokoll|08.09.1973|Rat der Stadt
3.|Frankfurt/M.|Deutschland|Partnerschaftsvertrag|06.12.1991|
4.|Lemberg|Ukraine|Freundschaftsvertrag|23.10.1995|
"""),
    """
nuremberg framework 1979-10-02
leipzig protocol 1973-09-08
frankfurt-am-main partnership 1991-12-06
lviv friendship 1995-10-23
""",
    mapping=GERMAN,
    answers=KINDS | {"city:frankfurt": "frankfurt-am-main", "country:": "confirm"},
    waits=GERMAN_WORDS,
)
office(
    "staedtepartnerschaften-nuernberg.csv",
    as_text(
        """
Partnerstadt|Land|Art|seit
Krakau|Polen|Städtepartnerschaft|1979
Prag|Tschechien|Städtepartnerschaft|1990
Nizza|Frankreich|Städtepartnerschaft|1954
Charkiw|Ukraine|Städtepartnerschaft|1990
Skopje|Nordmazedonien|Städtepartnerschaft|1982
""",
        "latin-1",
    ),
    "",
    mapping=GERMAN,
    answers={"city:": "leave-out", "country:": "confirm", **KINDS},
    waits=OF_ANOTHER_CITY,
)
office(
    "partnerstaedte-leipzig.xlsx",
    as_xlsx("""
Partnerstädte der Stadt Leipzig
Partnerstadt|seit|Art
Kiew|1961|partnership
Krakau|1973|partnership
Brünn|1973|partnership
Frankfurt am Main|1990|partnership
"""),
    "",
    mapping=GERMAN,
    answers={"city:brunn": "leave-out"},
    waits=OF_ANOTHER_CITY,
    stops="own-city",
)
office(
    "serienbrief.txt",
    as_text(
        """
City|Kind|Signed on
Wien|protocol|12.09.2003
Mailand|co-operation agreement|09.07.2001
Agram|declaration|03.04.1986
Fünfkirchen|co-operation agreement|27.05.1987
Preßburg|co-operation agreement|23.10.1974
Wilna|friendship agreement|08.04.1991
Florenz|agreement|09.10.1987
""",
        "cp1252",
        "\t",
    ),
    """
vienna protocol 2003-09-12
milan cooperation 2001-07-09
zagreb declaration 1986-04-03
pecs cooperation 1987-05-27
bratislava cooperation 1974-10-23
vilnius friendship 1991-04-08
florence other 1987-10-09
""",
    answers={
        "city:agram": "zagreb",
        "city:funfkirchen": "pecs",
        "city:pre": "bratislava",
        "city:wilna": "vilnius",
        "city:wien": "vienna",
        "city:mailand": "milan",
        "city:florenz": "florence",
        "text:": "confirm",
        "order:signed_on": "day",
    },
)
office(
    "kreise.ods",
    as_ods("""
Partner city|Kind|Signed on
Landkreis Nürnberger Land|partnership|@2001-03-02
Kreis Fulda|partnership|@1999-10-01
Stadt Innsbruck|partnership|@1998-08-19
Bezirk Solothurn|partnership|@1990-11-06
"""),
    "innsbruck partnership 1998-08-19",
    answers={"city:": "leave-out"},
)
office(
    "zweisprachig.xlsx",
    as_xlsx("""
Miasto / City|Rodzaj aktu / Kind|Data podpisania / Signed on|Obowiązuje do / In force until
Norymberga / Nuremberg|umowa bliźniacza|9.12.1991|
Wiedeń (Wien)|protokół|12.09.2003|31.12.2005
Lipsk – Leipzig|deklaracja|24.10.1995|bezterminowo
"""),
    """
nuremberg twinning 1991-12-09
vienna protocol 2003-09-12; until=2005-12-31; term=fixed
leipzig declaration 1995-10-24; term=open-ended
""",
    answers={"city:norymberga nuremberg": "nuremberg", "city:lipsk leipzig": "leipzig"},
)
office(
    "blatt-je-land.xlsx",
    as_book(
        {
            "Deutschland": "City|Kind|Signed on\nNürnberg|twinning|1991-12-09\nLeipzig|declaration|1995-10-24",
            "Österreich": "City|Kind|Signed on\nInnsbruck|partnership|1998-08-19",
            "alt": "City|Kind|Signed on\nLeipzig|co-operation agreement|1973-09-08",
        },
        states={"alt": "hidden"},
    ),
    """
nuremberg twinning 1991-12-09
leipzig declaration 1995-10-24
innsbruck partnership 1998-08-19
leipzig cooperation 1973-09-08
""",
    sheet="*",
    answers={"sheets": "-"},
    waits="a hidden sheet is left out, and told",
)
office(
    "unterschriften.xls",
    as_xls("""
City|Country|Kind|Signed on|Notes
Leipzig|Germany|declaration|24.10.1995|siehe Akte
Solothurn|Switzerland|partnership|06.11.1990|
Göteborg|Sweden|agreement|22.03.1990|

f. d. R. Müller
"""),
    """
leipzig declaration 1995-10-24
solothurn partnership 1990-11-06
gothenburg other 1990-03-22
""",
)
office(
    "gueltigkeit.csv",
    as_text(
        """
City,Kind,Signed on,gültig bis,Term
"Frankfurt am Main, Germany",protocol,09.07.1997,31.12.2001,
Nürnberg,cooperation programme,12.10.1998,,3 lata
"Leipzig (Deutschland)",cooperation programme,2001-05-05,2000-01-01,
""".replace('"', "")
        .replace("Main, ", "Main (")
        .replace("Germany", "Germany)")
        .replace(",", "|")
    ),
    """
frankfurt-am-main protocol 1997-07-09; until=2001-12-31; term=fixed
nuremberg cooperation-programme 1998-10-12; months=36; term=fixed
""",
    mapping=GERMAN,
    answers={"order:signed_on": "day"},
)
office(
    "schraegstriche.csv",
    as_text("""
City|Kind|Signed on
Nuremberg|protocol|02/10/1979
Leipzig|protocol|08/09/1973
Vienna|protocol|12/09/2003
"""),
    """
nuremberg protocol 1979-10-02
leipzig protocol 1973-09-08
vienna protocol 2003-09-12
""",
    answers={"order:signed_on": "day"},
)
