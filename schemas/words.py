"""Options that mean the same in every task, and how names are listed in one."""

UNSETTLED = "no settled belief"
NOBODY = "nobody"
YES = "yes"
NO = "no"
NTH = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")


def name_list(names: list[str]) -> str:
    """Names as an option: "Anna, Ben and Carla", in the order given; `NOBODY` for none."""
    if not names:
        return NOBODY
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def nth(number: int) -> str:
    """Which one of several that are alike, from 1: "first" to "tenth", then "11th"."""
    if number <= len(NTH):
        return NTH[number - 1]
    return f"{number}{'th' if number % 100 in (11, 12, 13) else {1: 'st', 2: 'nd', 3: 'rd'}.get(number % 10, 'th')}"
