"""A list that names people takes part in everything from its declaration in `contracts/sources.py` on."""

import json
import subprocess
import sys
from pathlib import Path

SITI, BUDI = "1401015708900001", "1401010512850003"
DECLARED_AND_RUN = """
import json, sys
from dataclasses import replace
from pathlib import Path
from welfare_pipeline.contracts import sources
from welfare_pipeline.contracts.column import Source

columns = (replace(sources.NIK, any_of=True), sources.FAMILY_CARD, replace(sources.NAME, required=True))
orphans = Source("orphans", "orphan", columns, table="orphans", number=2_000_000_000, about_people=True)
deaths = replace(orphans, name="death_reports", table="death_reports", number=2_000_000_001, may_repeat=True)
sources.FIXED = (*sources.FIXED, orphans, deaths)

from welfare_pipeline.contracts.policy import load_policy
from welfare_pipeline.defs.landing import landing_step
from welfare_pipeline.ingest.delivery import ingest_delivery
from welfare_pipeline.lake import DataRoot, draft_person_rows
from welfare_pipeline.people import link_people
from welfare_pipeline.reconcile import reconcile_district

policy, root = load_policy(), DataRoot(Path(sys.argv[1]))
with root.nothing("2021-11", "1401").draft() as draft:
    ingest_delivery(root.landing("2021-11", "1401"), policy, draft)
    draft_person_rows(draft, policy)
    link_people(draft, policy, "secret")
    reconcile_district(draft, policy)
    partition = draft.accept()
with partition.connect() as con:
    named = "person_rows join links using (row_id) where list in ('orphans', 'death_reports')"
    links = con.sql(f"select list, name, match_band from {named} order by row_id").fetchall()
    repairs = con.sql("select source, name, nik_status from identity_repairs").fetchall()
assets = [key.to_user_string() for key in landing_step(policy.sources).keys]
print(json.dumps({"links": links, "repairs": repairs, "assets": assets}))
"""


def test_a_source_declared_in_one_place_is_linked_and_its_numbers_are_looked_at(tmp_path: Path) -> None:
    folder = tmp_path / "landing" / "2021-11" / "1401"
    folder.mkdir(parents=True)
    files = {
        "population": "kode;nama;kecamatan;jumlah\n1401012001;Batu Belah;Kampar;2101\n",
        "registry": f"nik;nama;kode_desa\n{SITI};SITI AMINAH;1401012001\n{BUDI};BUDI HARTONO;1401012001\n",
        "orphans": f"nik;nama\n{SITI};SITI AMINAH\n123;ANI LESTARI\n",
        "death_reports": f"nik;nama\n{BUDI};BUDI HARTONO\n{BUDI};BUDI HARTONO\n99;TUTI\n",
    }
    for name, text in files.items():
        folder.joinpath(f"{name}.csv").write_text(text, "utf-8")
    done = subprocess.run(  # the declaration has to be there before anything is imported
        [sys.executable, "-c", DECLARED_AND_RUN, str(tmp_path)], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout)
    assert found["links"] == [
        ["orphans", "SITI AMINAH", "same"],
        ["orphans", "ANI LESTARI", "review"],
        ["death_reports", "BUDI HARTONO", "same"],
        ["death_reports", "BUDI HARTONO", "same"],  # this list may name a person often
        ["death_reports", "TUTI", "review"],
    ]
    assert found["repairs"] == [["orphans", "ANI LESTARI", "wrong_length"]]
    assert {"orphans", "death_reports", "person_rows"} <= {*found["assets"]}
