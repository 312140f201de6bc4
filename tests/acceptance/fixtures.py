"""The invented families of the journeys: no child, parent or practitioner here has ever lived."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.domain.plain_dates import day_month_year
from tests.acceptance.dates import MONTHS


@dataclass(frozen=True, slots=True, kw_only=True)
class Family:
    """One invented family, by the words that must never leave the case."""

    child: str
    born_on: date
    parent: str
    parent_born_on: date

    @property
    def description(self) -> str:
        """Return the description of the family in the case."""
        mother = f"{self.parent}, born {day_month_year(self.parent_born_on)}"
        return f"Mother: {mother}. {self.child} is her only child."

    @property
    def mother(self) -> dict[str, object]:
        """Return what a referral says of the mother as a person of the family."""
        said = {"name": self.parent, "relations": ("parent",), "lives_with": "yes"}
        return said | {"born_on": self.parent_born_on}

    def secrets(self) -> Iterator[str]:
        """Yield every name, each of its words, and both dates of birth in every usual form."""
        for name in (self.child, self.parent):
            yield name
            yield from name.split()
        for born in (self.born_on, self.parent_born_on):
            yield from written_forms(born)


def written_forms(on: date) -> Iterator[str]:
    """Yield the usual ways to write a day."""
    yield on.isoformat()
    yield f"{on:%Y%m%d}"
    for mark in "/.-":
        yield f"{on.day:02}{mark}{on.month:02}{mark}{on.year}"
    yield day_month_year(on)
    yield f"{on.day} {MONTHS[on.month - 1]} {on.year}"


def _family(child: str, born: date, parent: str, parent_born: date) -> Family:
    return Family(child=child, born_on=born, parent=parent, parent_born_on=parent_born)


THISTLEBY = _family(
    "Wrenna Thistleby-Made-Up", date(2019, 3, 17), "Isolde Thistleby", date(1991, 8, 23)
)
COBBLEWICK = _family(
    "Tobiah Cobblewick-Made-Up", date(2021, 7, 29), "Melisande Cobblewick", date(1996, 5, 21)
)
SNAPDRAGON = _family(
    "Elowen Snapdragoness", date(2012, 10, 27), "Philomena Snapdragoness", date(1987, 6, 24)
)
HUMBLEBEE = _family(
    "Caspian Humblebeeson", date(2023, 4, 18), "Araminta Humblebeeson", date(1999, 9, 27)
)
MOONRAKER = _family(
    "Lettice Moonrakerly", date(2016, 8, 19), "Ottoline Moonrakerly", date(1990, 7, 26)
)
PUDDLESTONE = _family(
    "Fergus Puddlestone-Made-Up", date(2018, 5, 28), "Jocasta Puddlestone", date(1993, 10, 22)
)
FOXGLOVE = _family("Bettina Foxglovely", date(2020, 6, 23), "Hermia Foxglovely", date(1995, 4, 29))
BUTTERWORT = _family(
    "Ludovic Butterworting", date(2014, 9, 26), "Drusilla Butterworting", date(1986, 3, 28)
)
CANDLEWICK = _family(
    "Saffron Candlewickery", date(2017, 10, 19), "Eudora Candlewickery", date(1992, 8, 18)
)
TUMBLEDOWN = _family(
    "Jemima Tumbledownes", date(2022, 7, 24), "Cordelia Tumbledownes", date(1997, 4, 27)
)
WHISTLEDOWN = _family(
    "Ambrose Whistledownham", date(2015, 8, 27), "Rosamund Whistledownham", date(1989, 10, 18)
)
WILLOWHERB = _family(
    "Peverell Willowherbert", date(2016, 5, 30), "Georgiana Willowherbert", date(1988, 9, 17)
)
DANDELION = _family(
    "Mirabel Dandelionsby", date(2020, 9, 25), "Thomasina Dandelionsby", date(1994, 7, 19)
)
MARIGOLD = _family(
    "Quentin Marigoldsworth", date(2019, 10, 30), "Philippa Marigoldsworth", date(1992, 3, 29)
)
CLOUDBERRY = _family(
    "Rosalie Cloudberryson", date(2022, 5, 19), "Winifred Cloudberryson", date(1998, 7, 21)
)
PRIMROSE = _family(
    "Percival Primrosebury", date(2012, 9, 24), "Leocadia Primrosebury", date(1985, 10, 23)
)
TEASELWOOD = _family(
    "Gideon Teaselwoodby", date(2013, 8, 23), "Henrietta Teaselwoodby", date(1988, 10, 26)
)
LAVENDER = _family(
    "Benedick Lavenderidge", date(2018, 4, 26), "Clementina Lavenderidge", date(1993, 6, 30)
)
SPEEDWELL = _family(
    "Barnaby Speedwellington", date(2017, 8, 21), "Evangeline Speedwellington", date(1991, 7, 25)
)
CORNFLOWER = _family(
    "Bartimaeus Cornflowering", date(2019, 5, 25), "Wilhelmina Cornflowering", date(1991, 9, 29)
)
MEADOWSWEET = _family(
    "Tabitha Meadowsweetly", date(2021, 4, 29), "Josephina Meadowsweetly", date(1993, 8, 30)
)
# Not born yet where the journey begins: the date is the expected one.
BRAMBLE = _family(
    "Babyling Brambleworthy", date(2026, 5, 31), "Sidony Brambleworthy", date(1999, 10, 24)
)
QUILLWORT = _family(
    "Leopold Quillworthen", date(2021, 6, 29), "Ernestine Quillworthen", date(1994, 6, 28)
)
SORREL = _family("Arabella Sorrelsby", date(2017, 9, 23), "Gwendolen Sorrelsby", date(1990, 5, 27))
HAREBELL = _family(
    "Cornelius Harebellow", date(2018, 6, 24), "Seraphina Harebellow", date(1990, 6, 23)
)
BLUEBELL = _family(
    "Octavian Bluebellington", date(2017, 6, 28), "Evangelina Bluebellington", date(1991, 5, 27)
)
ORPINE = _family(
    "Orsino Orpinesteadly", date(2015, 7, 30), "Petronilla Orpinesteadly", date(1987, 8, 29)
)
COWSLIP = _family(
    "Peregrine Cowslipton", date(2016, 5, 23), "Thomasina Cowslipton", date(1989, 4, 21)
)
ASPHODEL = _family(
    "Lysander Asphodelington", date(2018, 9, 26), "Hermione Asphodelington", date(1992, 5, 28)
)
FENUGREEK = _family(
    "Rowena Fenugreekson", date(2020, 6, 27), "Theodora Fenugreekson", date(1996, 9, 25)
)
PIMPERNEL = _family(
    "Hortensia Pimpernelworth", date(2018, 9, 28), "Araminta Pimpernelworth", date(1992, 6, 26)
)
LOOSESTRIFE = _family(
    "Zebedee Loosestrifeton", date(2017, 9, 26), "Rosamund Loosestrifeton", date(1990, 8, 29)
)
TOADFLAX = _family(
    "Theodosius Toadflaxley", date(2017, 7, 23), "Apollonia Toadflaxley", date(1990, 9, 21)
)
CAMPION = _family(
    "Zephyrine Campionsworth", date(2019, 6, 28), "Bernadetta Campionsworth", date(1993, 4, 26)
)
BETONY = _family(
    "Lucasta Betonysmere", date(2020, 8, 29), "Frederika Betonysmere", date(1995, 10, 29)
)
YARROW = _family(
    "Florizel Yarrowdeane", date(2016, 4, 27), "Isadorina Yarrowdeane", date(1988, 7, 30)
)
SAXIFRAGE = _family(
    "Endymion Saxifragewell", date(2021, 5, 26), "Valentina Saxifragewell", date(1996, 8, 27)
)
CELANDINE = _family(
    "Leopoldine Celandinebrook", date(2018, 7, 25), "Philippina Celandinebrook", date(1991, 9, 28)
)
FLEABANE = _family(
    "Evander Fleabanesworth", date(2017, 5, 28), "Philomena Fleabanesworth", date(1989, 8, 31)
)
SANICLE = _family(
    "Ferdinand Sanicleworthy", date(2017, 6, 27), "Ermintrude Sanicleworthy", date(1990, 10, 30)
)
SELFHEAL = _family(
    "Clarimond Selfhealington", date(2019, 7, 28), "Rosalinda Selfhealington", date(1993, 9, 26)
)
TORMENTIL = _family(
    "Melchior Tormentilby", date(2018, 8, 31), "Antonella Tormentilby", date(1992, 7, 27)
)
MUGWORT = _family(
    "Thaddea Mugwortham", date(2018, 2, 17), "Henrietta-May Mugwortham", date(1990, 1, 30)
)
VALERIAN = _family(
    "Isembard Valerianswick", date(2011, 6, 26), "Perpetua Valerianswick", date(1986, 9, 28)
)
BUGLOSS = _family(
    "Godfrey Buglossingham", date(2016, 7, 31), "Hildegarde Buglossingham", date(1989, 5, 30)
)
NEWCOMER = _family(
    "Crispin Candytuftley", date(2020, 5, 27), "Marguerita Candytuftley", date(1994, 9, 28)
)

# A whole picture of one pixel: the door decodes what it takes for a picture.
PICTURE = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c63f8dfe0f0"
    "1f00070002bf2bd7c7e20000000049454e44ae426082"
)
