"""Which short forms of the field's names Keyline uses, and what each stands for."""

import re
from types import MappingProxyType
from typing import Final

# A page explains each that it says, once; what stands in none of these is said in full.
SHORT_FORMS: Final = MappingProxyType(
    {
        "CPS": "Crown Prosecution Service",
        "CQC": "Care Quality Commission",
        "GP": "general practitioner, the family doctor",
        "ICB": "integrated care board, the health partner",
        "LCSPR": "local child safeguarding practice review",
        "MAPPA": "multi-agency public protection arrangements",
        "NHS": "National Health Service",
        "NSPCC": "National Society for the Prevention of Cruelty to Children",
        "Panel": "the national Child Safeguarding Practice Review Panel",
    }
)
# Said in full, or not at all: few readers of a page know them.
NOT_SAID: Final = frozenset(
    {
        *("BM", "CAMHS", "CDOP", "DfE", "DHR", "DPO", "JAR", "KLOE", "KLoE", "LAC", "MASH", "NDA"),
        *("SAR", "SCR", "SIN", "SIO", "SPOC", "SPRG", "SUDI", "ToR", "YOI"),
    }
)
SAID_SHORT: Final = re.compile(rf"\b(?:{'|'.join(SHORT_FORMS)})(?=s?\b)")


def short_forms_in(text: str) -> tuple[str, ...]:
    """Return the short forms that the text says, in their order, each as often as it is said."""
    return tuple(SAID_SHORT.findall(text))
