"""Lists as Polish offices keep them."""

from tests.spreadsheets.careful import as_book, as_ods, as_text, as_xlsx, office

OTHER_PEOPLES_WORDS = "words that the list does not know are asked about"

office(
    "wykaz-porozumien-2019.xlsx",
    as_xlsx("""
Urząd Miasta Krakowa – Wydział Współpracy Międzynarodowej
Wykaz porozumień według stanu na dzień 31.12.2019 r.

Lp.|Miasto|Państwo|Rodzaj aktu|Data podpisania|Obowiązuje do|Uwagi
#1|Lipsk|NRD|umowa o współpracy|8.09.1973||tekst w archiwum
#2|Norymberga|RFN|porozumienie ramowe|2 października 1979 r.||
#3|Kijów|ZSRR|umowa o współpracy|12 XII 1976|bezterminowo|
#4|Zagrzeb|Jugosławia|umowa o współpracy|1975-04-03||zob. teczka 4
#5|Bratysława|Czechosłowacja|umowa o współpracy|@1974-10-23||
Razem|||||#5|
* na podstawie zapisów Biura Rady
"""),
    """
leipzig cooperation 1973-09-08
nuremberg framework 1979-10-02
kyiv cooperation 1976-12-12; term=open-ended
zagreb cooperation 1975-04-03
bratislava cooperation 1974-10-23
""",
)
office(
    "rejestr-dwuwierszowy.xlsx",
    as_xlsx(
        """
Miasto|Rodzaj aktu|Data||Strony|
||podpisania|wygaśnięcia|krakowska|partnerska
Mediolan|umowa o współpracy|9.07.2001|8.07.2006|Miasto Kraków|Miasto Mediolan
Wiedeń|protokół|maj 2003|2005||
""",
        after='<mergeCells><mergeCell ref="C1:D1"/><mergeCell ref="E1:F1"/><mergeCell ref="A1:A2"/></mergeCells>',
    ),
    """
milan cooperation 2001-07-09; until=2006-07-08; term=fixed; home=Miasto Kraków; partner=Miasto Mediolan
vienna protocol 2003-05; until=2005; term=fixed
""",
    mapping={"Strony krakowska": "home_party:pl", "Strony partnerska": "partner_party:pl"},
    answers={"header": "0:1-2"},
)
office(
    "grupy-krajow.xlsx",
    as_xlsx("""
Miasto|Rodzaj aktu|Data podpisania|Uwagi
NIEMCY
Lipsk|umowa o współpracy|8.09.1973|
Norymberga|umowa bliźniacza|9.12.1991|
WŁOCHY
Mediolan|umowa o współpracy|9.07.2001|
Florencja|umowa|9.10.1987|potwierdzenie
"""),
    """
leipzig cooperation 1973-09-08
nuremberg twinning 1991-12-09
milan cooperation 2001-07-09
florence other 1987-10-09
""",
)
office(
    "miasto-tylko-w-pierwszym.ods",
    as_ods("""
Miasto|Rodzaj aktu|Data podpisania
Lwów|umowa o współpracy|23.10.1995
|protokół|4.11.1997
Fez|deklaracja współpracy|28.06.1985
|protokół|13.03.1986
"""),
    """
lviv cooperation 1995-10-23
lviv protocol 1997-11-04
fez declaration 1985-06-28
fez protocol 1986-03-13
""",
    answers={"fill:city": "down", "fill:cities": "down", "fill-down": "yes"},
    waits="a city that stands in the first row of its group only is asked about",
)
office(
    "jak-wyzej.csv",
    as_text(
        """
Miasto;Rodzaj;Z dnia
Budapeszt;umowa o współpracy;14.05.2005
j.w.;protokół;15.05.2005
-//-;list intencyjny;j.w.
""".replace(";", "|"),
        "cp1250",
    ),
    """
budapest cooperation 2005-05-14
budapest protocol 2005-05-15
budapest letter-of-intent 2005-05-15
""",
    answers={"ditto": "yes", "fill": "above"},
    waits="marks of repetition are refused or asked about",
)
for encoding, name in (("cp852", "dos"), ("mac_latin2", "macintosh"), ("utf-16", "unicode"), ("cp1250", "windows")):
    office(
        f"umowy-{name}.txt",
        as_text(
            """
Miasto partnerskie|Państwo|Rodzaj umowy|Data zawarcia|Strona zagraniczna
Wiedeń|Austria|porozumienie o współpracy|3 września 1998|Magistrat „Wiedeń”; Zarząd Śródmieścia
Sewilla|Hiszpania|umowa o przyjaźni|12.04.2002|Ayuntamiento de Sevilla
""".replace("„", '"').replace("”", '"'),
            encoding,
            "\t",
        ),
        """
vienna cooperation 1998-09-03; partner=Magistrat "Wiedeń", Zarząd Śródmieścia
seville friendship 2002-04-12; partner=Ayuntamiento de Sevilla
""",
        answers={"encoding": encoding},
        waits="" if encoding in ("utf-16", "cp1250") else "the encoding of old programs is offered or named",
    )
office(
    "liczby-excela.csv",
    as_text("""
Miasto|Rodzaj aktu|Data podpisania
Mediolan|umowa o współpracy|37081
Lwów|umowa o współpracy|34995
"""),
    """
milan cooperation 2001-07-09
lviv cooperation 1995-10-23
""",
)
office(
    "formuly-puste.xlsx",
    as_xlsx("""
Miasto|Rodzaj aktu|Data podpisania|Obowiązuje do
Mediolan|umowa o współpracy|@2001-07-09|=""
=""|=""|=""|=""
Lwów|=""|@1995-10-23|
"""),
    "milan cooperation 2001-07-09\nlviv cooperation 1995-10-23",
    waits="the kind of one row is a formula that gives nothing",
)
office(
    "arkusz-na-kraj.xlsx",
    as_book(
        {
            "Niemcy": "Miasto|Rodzaj aktu|Data podpisania\nLipsk|umowa o współpracy|8.09.1973",
            "Francja": """
Miasto|Rodzaj aktu|Data podpisania
Bordeaux|umowa o przyjaźni|7.05.1993
Orlean|układ o przyjaźni|14.03.1992
""",
            "Słownik": "Skrót|Znaczenie\nRMK|Rada Miasta Krakowa",
        }
    ),
    """
leipzig cooperation 1973-09-08
bordeaux friendship 1993-05-07
orleans friendship 1992-03-14
""",
    sheet="*",
    answers={"sheets": "country"},
)
office(
    "dwie-tabele.xlsx",
    as_xlsx("""
Umowy obowiązujące
Miasto|Rodzaj aktu|Data podpisania
Lipsk|wspólna deklaracja|24.10.1995

Umowy wygasłe
Lp.|Data podpisania|Miasto|Typ aktu|Obowiązuje do
1|9.07.1997|Frankfurt n. Menem|protokół|2001
"""),
    """
leipzig joint-declaration 1995-10-24
frankfurt-am-main protocol 1997-07-09; until=2001; term=fixed
""",
    answers={"city:frankfurt n menem": "frankfurt-am-main"},
)
