from madata.generators.coordination.grid import Grid, names


def test_squares_are_called_by_column_and_row_from_the_north():
    assert names(2, 3) == ("A1", "B1", "C1", "A2", "B2", "C2")


def test_moves_stay_on_the_grid_and_enter_no_wall():
    grid = Grid(2, 3, [4])
    assert grid.neighbours[1] == (1, None, None, 2, 0)
    assert grid.neighbours[3] == (3, 0, None, None, None)
    assert grid.neighbours[4] == (4, 1, None, 5, 3)
    assert grid.around(1) == [2, 0]


def test_distances_go_around_walls():
    assert Grid(3, 3, [1, 4]).distances(0) == [0, None, 6, 1, None, 5, 2, 3, 4]
    assert Grid(1, 3, [1]).distances(2) == [None, None, 0]


def test_no_way_leads_to_or_from_a_wall():
    grid = Grid(2, 2, [3])
    assert grid.distances(3) == [None] * 4
    assert grid.distances(0) == [0, 1, 1, None]
