"""Choosing: the few episodes of many that teach the most. A few good examples go a long way if they are of many sorts
("LIMA: less is more for alignment", Zhou et al. 2023).

    features    what an episode has in it, by name
    table       all episodes as rows of features, without near-duplicates
    difficulty  how hard an episode is, by its record or by what models got wrong
    greedy      the choice
    coverage    what of the corpus the choice shows
    curate      all together: from paths to a run directory
"""
