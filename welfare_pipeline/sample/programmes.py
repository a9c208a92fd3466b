"""The programmes whose lists the made-up districts land. What a programme demands stands in the policy."""

from enum import StrEnum


class Programme(StrEnum):
    """Programmes of the sample, in the order they are drawn: the dice of a later one follow those of the former."""

    PKH = "pkh"
    SEMBAKO = "sembako"
    PBI_JKN = "pbi_jkn"
    BST = "bst"
    YAPI = "yapi"
    DISABILITY = "disability"
    ELDERLY = "elderly"
