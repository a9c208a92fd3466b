"""Who is compared with whom within one list: people of one block, unless it is too large."""

import duckdb

from welfare_pipeline.linkage.queries import sql

ANI, BUDI, CICI, DODI, EKA = range(1, 6)
TWINS, VILLAGE, ALONE, LIMIT = 10, 20, 30, 2


def pairs(*keys: tuple[int, int]) -> list[tuple[int, int]]:
    """The pairs among rows that fall into these blocks (row_id, block), none of which may have more than two rows."""
    con = duckdb.connect()
    con.execute("create table left_key (row_id bigint, most bigint, block bigint)")
    con.executemany("insert into left_key values (?, ?, ?)", [(row, LIMIT, block) for row, block in keys])
    return con.sql(f"from ({sql('pairs_within')}) order by all").fetchall()


def test_two_people_of_one_block_are_compared_once_and_nobody_with_himself() -> None:
    assert pairs((ANI, TWINS), (BUDI, TWINS), (CICI, ALONE)) == [(BUDI, ANI)]
    assert pairs((ANI, TWINS), (BUDI, TWINS), (ANI, VILLAGE), (BUDI, VILLAGE)) == [(BUDI, ANI)]


def test_people_of_a_block_that_is_too_large_are_compared_if_they_share_another_one() -> None:
    crowd = [(CICI, VILLAGE), (DODI, VILLAGE), (EKA, VILLAGE)]
    assert pairs(*crowd) == []
    assert pairs(*crowd, (DODI, TWINS), (EKA, TWINS)) == [(EKA, DODI)]
