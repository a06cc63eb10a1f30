"""Options that mean the same in every task, and how names are listed in one."""

UNSETTLED = "no settled belief"
NOBODY = "nobody"
YES = "yes"
NO = "no"


def name_list(names: list[str]) -> str:
    """Names as an option: "Anna, Ben and Carla", in the order given; `NOBODY` for none."""
    if not names:
        return NOBODY
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
