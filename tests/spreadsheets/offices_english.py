"""Lists as English-speaking, French, Czech and Ukrainian offices keep them, and programs that export them."""

from tests.spreadsheets.careful import as_book, as_ods, as_text, as_xls, as_xlsx, office

office(
    "sister-cities.xlsx",
    as_xlsx("""
Sister Cities of Kraków

Town|State|Type of agreement|Date signed|Expires on
Rochester, NY|USA|sister city agreement|7/18/1973|
Edinburgh|Scotland|Partnership|3/4/1995|12/31/2000
"""),
    """
rochester twinning 1973-07-18
edinburgh partnership 1995-03-04; until=2000-12-31; term=fixed
""",
    answers={"city:rochester ny": "rochester", "order:": "month"},
)
office(
    "american-dates.csv",
    as_text("""
City|Kind|Signed on
Rochester|agreement|5/12/1974
Milan|agreement|7/9/2001
"""),
    "rochester other 1974-05-12\nmilan other 2001-07-09",
    answers={"order:signed_on": "month"},
)
office(
    "zones.csv",
    as_text("""
city|kind|signed on
Lviv|agreement|2005-05-13T23:30:00Z
Kyiv|agreement|2006-01-10T10:00:00+02:00
"""),
    "lviv other 2005-05-14\nkyiv other 2006-01-10",
    answers={"zone:signed_on": "local"},
)
office(
    "exonyms.ods",
    as_ods("""
City|Country|Kind|Signed on
Kiev|Soviet Union|agreement|@1976-12-12
Lwow|Ukraine|agreement|@1995-10-23
Leningrad|USSR|protocol|@1978-04-21
Cracow|Poland|protocol|@1999-04-21
Lipsk|GDR|agreement|@1973-09-08
"""),
    "kyiv other 1976-12-12\nlviv other 1995-10-23\nleipzig other 1973-09-08\nsaint-petersburg protocol 1978-04-21",
    answers={"city:leningrad": "saint-petersburg", "city:cracow": "leave-out", "city:lwow": "lviv"},
)
office(
    "jumelages.csv",
    as_text(
        """
Ville|Pays|Type|Date|Remarques
Orléans|France|friendship|14 mars 1992|signé à Orléans
Bordeaux|France|friendship|07/05/1993|
Strasbourg|France|Déclaration|15.06.1999|
""",
        "latin-1",
    ),
    "orleans friendship 1992-03-14\nbordeaux friendship 1993-05-07\nstrasbourg declaration 1999-06-15",
    mapping={"Ville": "city:en", "Pays": "country:en", "Remarques": "notes:en"},
    answers={
        "order:signed_on": "day",
        "city:orl": "orleans",
        "text:": "confirm",
        "word:kind:declaration": "declaration",
    },
    waits="dates and kinds are in French",
)
office(
    "partnerska-mesta.xlsx",
    as_xlsx("""
Město|Druh|Datum podpisu
Vídeň|protocol|12. září 2003
Vratislav|protocol|1. 2. 2003
Kyjev|agreement|12. 12. 1976
"""),
    "vienna protocol 2003-09-12\nkyiv other 1976-12-12",
    mapping={"Město": "city:en", "Druh": "kind:en", "Datum podpisu": "signed_on:pl"},
    answers={"city:viden": "vienna", "city:vratislav": "leave-out", "city:kyjev": "kyiv"},
    waits="a month is in Czech",
)
office(
    "mista-partnery.csv",
    as_text("""
Місто|Вид|Дата
Львів|protocol|23.10.1995
Київ|agreement|12 грудня 1976
Вільнюс|protocol|08.04.1991
"""),
    "lviv protocol 1995-10-23\nkyiv other 1976-12-12\nvilnius protocol 1991-04-08",
    mapping={"Місто": "city:en", "Вид": "kind:en", "Дата": "signed_on:pl"},
    answers={"city:вільнюс": "vilnius", "city:": "vilnius"},
    waits="a month is in Ukrainian",
)
office(
    "unknown-in-bulk.csv",
    as_text(
        "City|Kind|Signed on\n"
        + "\n".join(f"Town no. {n}|agreement|{2000 + n % 20}-01-02" for n in range(200))
        + "\nVienna|agreement|2003-09-12"
    ),
    "vienna other 2003-09-12",
    answers={"city:": "leave-out", "cities": "leave-out"},
)
office(
    "quoted.csv",
    as_text(
        """
City|Country|Kind|Signed on|Kraków party|Partner party|Notes
Milan|Italy|co-operation agreement|9 July 2001|City of Kraków|Comune di Milano; "Milano Sport"|one\\ntwo; "quoted", line
Quito|Ecuador|letter of intent|2004-08|City of Kraków||
""",
        "utf-8-sig",
        ",",
    ),
    """
milan cooperation 2001-07-09; home=City of Kraków; partner=Comune di Milano, "Milano Sport"
quito letter-of-intent 2004-08; home=City of Kraków
""",
)
office(
    "pipes.txt",
    as_text("City|Kind|Signed on\nLeuven|twinning|10 Sept 1991\nSeville|LOI|Dec 2002", separator="|"),
    "leuven twinning 1991-09-10\nseville letter-of-intent 2002-12",
)
office(
    "above-the-list.xlsx",
    as_xlsx("""
City|Kind|||Report of the office
Vienna|protocol|||see below

No.|City|Kind|Signed on|In force until|Notes
|Vienna|protocol|2003-09-12|2005-09-11|
|Zagreb|protocol|1986-04-03|open-ended|
"""),
    """
vienna protocol 2003-09-12; until=2005-09-11; term=fixed
zagreb protocol 1986-04-03; term=open-ended
""",
)
office(
    "other-sheet.xlsx",
    as_book(
        {
            "Agreements": "City|Kind|Signed on\nVienna|protocol|2003-09-12",
            "Archive": "Ort|Was|Wann\nLviv|protocol|1999-03-03\nKyiv|protocol|1998-02-02",
        }
    ),
    "vienna protocol 2003-09-12",
)
office(
    "contradictory-terms.xls",
    as_xls("""
City|Kind|Signed on|In force until|Term (months)|Renewal
Vienna|protocol|2003-09-12|open-ended|60|
Zagreb|protocol|1986-04-03|1990-12-31||no
Milan|agreement|2001-07-09||60 (5 years)|yes
"""),
    """
zagreb protocol 1986-04-03; until=1990-12-31; term=fixed
milan other 2001-07-09; months=60; term=tacit-renewal
""",
)
office(
    "said-twice.xlsx",
    as_xlsx("""
City|Kind|Signed on|Level
Vienna|protocol|2003-09-12|cities
Vienna|protocol|2003-09-12|cities
Vienna|protocol|2003-09-12|city councils
Lviv|protocol|1995-10-23|
Lviv|joint declaration|1995-10-23|
"""),
    """
vienna protocol 2003-09-12
vienna protocol 2003-09-12; level=legislative
lviv protocol 1995-10-23
lviv joint-declaration 1995-10-23
""",
    answers={"agreement:6": "new"},
    waits="rows of one agreement that say different things are refused",
)
office(
    "numbers-as-names.xlsx",
    as_xlsx("""
City|Kind|Signed on|Number
#12|#3|#1995|
Vienna|protocol|#2003|
Lviv|agreement|#34995|
"""),
    "vienna protocol 2003\nlviv other 1995-10-23",
)
office(
    "cut-off.csv",
    as_text("""
City|Kind|Signed on
Vienna|protocol|2003-09-12
Zagreb|protocol
Milan|agreement|2001-07-09
"""),
    "vienna protocol 2003-09-12\nzagreb protocol —\nmilan other 2001-07-09",
    answers={"constant:signed_on": "not-recorded"},
)
office(
    "quote-left-open.csv",
    lambda: b'City;Kind;Signed on\n"Vienna;protocol;2003-09-12\nMilan;agreement;2001-07-09\n',
    "vienna protocol 2003-09-12\nmilan other 2001-07-09",
    waits="a quotation mark that is not closed refuses the file",
)
office(
    "two-dates.xlsx",
    as_xlsx("City|Kind|Signed on|Date\nVienna|protocol|2003-09-12|2003-09-13"),
    "vienna protocol 2003-09-12",
    mapping={"Date": "-"},
)
office(
    "terms-without-unit.csv",
    as_text("""
City|Kind|Signed on|Term|Notice period
Vienna|protocol|2003-09-12|3|6 months
Milan|agreement|2001-07-09|5 years|
Zagreb|protocol|1986-04-03|until further notice|
"""),
    """
vienna protocol 2003-09-12; months=36; notice=6; term=fixed
milan other 2001-07-09; months=60; term=fixed
zagreb protocol 1986-04-03; term=open-ended
""",
    answers={"unit:": "years"},
)
