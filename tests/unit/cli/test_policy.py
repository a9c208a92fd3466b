"""The messages about mistakes in a deployment's policy.toml; and what is in force when there are none."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.unit.cli.test_run import FakeRecorder
from welfare_pipeline.cli import one_by_one
from welfare_pipeline.cli.entry import main
from welfare_pipeline.contracts.policy import usable_policy
from welfare_pipeline.lake import DataRoot

Welfare = Callable[..., int]
VILLAGE_FUND = """
[programmes.blt_village]
label = { id = "BLT Kampung", en = "Village fund cash aid" }
unit = "family"
registry = "not_required"
legal_basis = [{ from = "2020-04", text = "Permendesa 6/2020" }, { from = "2025-01", text = "Permendesa 2/2024" }]
aliases = ["BLT-K"]
amounts = [{ from = "2020-04", monthly = 300000 }]
ages = [{ from = "2020-04", minimum = 18 }]
yields_to = ["pkh"]
"""


@pytest.fixture
def welfare(monkeypatch: pytest.MonkeyPatch, root: DataRoot) -> Welfare:
    """Types a command, with that text (or these bytes) as policy.toml, and gives its exit code."""
    root.landing("2021-11", "1401").mkdir(parents=True)
    monkeypatch.setattr(one_by_one, "Recorder", FakeRecorder)

    def type_command(*arguments: str, policy: str | bytes | None = None) -> int:
        if policy is not None:
            root.policy.write_bytes(policy.encode() if isinstance(policy, str) else policy)
        monkeypatch.setattr("sys.argv", ["welfare", *arguments, "--data", str(root.path)])
        with pytest.raises(SystemExit) as ended:
            main()
        return int(ended.value.code or 0)

    return type_command


def of(programme: str, entry: str) -> str:
    return f"[programmes.{programme}]\n{entry}"


def threshold(entry: str) -> str:
    return f"[thresholds]\n{entry}"


MISTAKES = {  # what stands in the file: entry, value as it stands there, what is allowed or meant
    of("pkh", 'registry = "off-target"'): ("programmes.pkh.registry", '"off-target"', 'did you mean "off_target"?'),
    of("pkh", "registry = true"): ("programmes.pkh.registry", "true", '"to_verify" or "not_required"'),
    of("pkh", 'unit = "keluarga"'): ("programmes.pkh.unit", '"keluarga"', '"family" or "person"'),
    of("pkh", 'unit = ["family"]'): ("programmes.pkh.unit", '["family"]', '"family" or "person"'),
    of("pkh", 'registri = "off_target"'): ("programmes.pkh.registri", '"off_target"', "did you mean registry?"),
    of("pkh", "family_size_limit = 9"): ("programmes.pkh.family_size_limit", "9", "it belongs under [thresholds]"),
    of("pkh", 'label = ""'): ("programmes.pkh.label", '""', "a text, or a table { id = ..., en = ... }"),
    of("pkh", 'label = { id = "PKH" }'): ("programmes.pkh.label", "lacks", "en"),
    of("pkh", "legal_basis = 2018"): ("programmes.pkh.legal_basis", "2018", "a text, or a dated list"),
    of("pkh", "legal_basis = []"): ("programmes.pkh.legal_basis", "[]", "a text, or a dated list"),
    of("bst", 'yields_to = "pkh"'): ("programmes.bst.yields_to", '"pkh"', 'must be a list; write ["pkh"]'),
    of("bst", 'yields_to = ["pkk"]'): ("programmes.bst.yields_to", '"pkk"', "did you mean pkh?"),
    of("bst", 'yields_to = ["bst"]'): ("programmes.bst.yields_to", '["bst"]', "cannot yield to itself"),
    of("bst", 'yields_to = ["pkh", "pkh"]'): ("programmes.bst.yields_to", '"pkh"', "stands twice"),
    of("bst", 'yields_to = [["pkh"]]'): ("programmes.bst.yields_to", '["pkh"]', "a text"),
    of("yapi", 'yields_to = ["pkh"]'): ("programmes.yapi.yields_to", '["pkh"]', 'only a programme of unit = "family"'),
    of("bst", 'unit = "person"'): ("programmes.bst.yields_to", '"pkh"', 'programmes.bst.unit is "person"'),
    of("pkh", 'yields_to = ["bst"]'): ("programmes.pkh.yields_to", '["bst"]', "in a circle (pkh -> bst -> pkh)"),
    of("elderly", 'ages = [{ from = "2000-01", minimum = 70, maximum = 60 }]'): (
        "programmes.elderly.ages, entry 1, minimum", "70", "above maximum = 60",
    ),
    of("elderly", 'ages = [{ from = "2000-01" }]'): ("programmes.elderly.ages, entry 1", "2000-01", "minimum, maximum"),
    of("elderly", 'ages = [{ from = "2000-01", minimum = -1 }]'): ("ages, entry 1, minimum", "-1", "0 to 150"),
    of("elderly", 'ages = [{ from = "2000-01", minimum = "60" }]'): ("ages, entry 1, minimum", '"60"', "write 60"),
    of("elderly", 'ages = [{ from = "2000-01", minimun = 60 }]'): ("ages, entry 1, minimun", "60", "mean minimum?"),
    of("pkh", 'decile_limits = [{ from = "2025-02", limit = 0 }]'): ("decile_limits, entry 1, limit", "0", "1 to 10"),
    of("pkh", 'decile_limits = [{ from = "2025-02", limit = 11 }]'): ("decile_limits, entry 1, limit", "11", "1 to 10"),
    of("pkh", 'decile_limits = [{ from = "2025-02", limit = 4.5 }]'): ("decile_limits, entry 1, limit", "4.5", "1 to"),
    of("pkh", 'decile_limits = [{ from = "2025-02", limit = true }]'): ("decile_limits, entry 1, limit", "true", "1"),
    of("pkh", "decile_limits = [{ limit = 4 }]"): ("programmes.pkh.decile_limits, entry 1", "lacks", "from"),
    of("pkh", "decile_limits = [4]"): ("programmes.pkh.decile_limits, entry 1", "4", "must be a table"),
    of("pkh", "decile_limits = 4"): ("programmes.pkh.decile_limits", "4", "must be a list"),
    "[programmes.pkh.decile_limits]\nfrom = '2025-02'\nlimit = 4": (
        "programmes.pkh.decile_limits", '{ from = "2025-02", limit = 4 }', "must be a list; write [{",
    ),
    of("pkh", 'decile_limits = [{ from = "2025-13", limit = 4 }]'): ("entry 1, from", '"2025-13"', "months 01 to 12"),
    of("pkh", 'decile_limits = [{ from = "2025-2", limit = 4 }]'): ("entry 1, from", '"2025-2"', 'write "2025-02"'),
    of("pkh", 'decile_limits = [{ from = "\u0662025-02", limit = 4 }]'): ("entry 1, from", '"\u0662025-02"', "a month"),
    of("pkh", "decile_limits = [{ from = 2025-02-01, limit = 4 }]"): ("from", "2025-02-01", 'write "2025-02", in quo'),
    of("pkh", "decile_limits = [{ from = 202502, limit = 4 }]"): ("entry 1, from", "202502", 'write "2025-02"'),
    of("pkh", 'decile_limits = [{from="2026-01", limit=4}, {from="2025-02", limit=5}]'): (
        "decile_limits, entry 2, from", '"2025-02"', "stands after 2026-01",
    ),
    of("pkh", 'decile_limits = [{from="2025-02", limit=4}, {from="2025-02", limit=5}]'): (
        "decile_limits, entry 2, from", '"2025-02"', "the same month stands twice",
    ),
    of("pkh", 'decile_limits = [{ from = "2025-04", limit = 5, verify_limit = 5 }]'): (
        "programmes.pkh.decile_limits, entry 1, verify_limit", "5", "above limit = 5",
    ),
    of("pkh", 'decile_limits = [{ from = "2025-04", limit = 5, grace_months = -1 }]'): (
        "programmes.pkh.decile_limits, entry 1, grace_months", "-1", "0 to 1200",
    ),
    '[calendar]\n"1401" = [{ from = "2025-04", proposals_until = 20, meeting_until = 14 }]': (
        "calendar.1401, entry 1, meeting_until", "14", "before proposals_until = 20",
    ),
    '[calendar]\n"9999" = [{ from = "2025-04", approval_until = 25 }]': ("calendar.9999", "", "code of no district"),
    'expected_districts = ["1401", "1499"]': ("expected_districts, entry 2", '"1499"', "code of no district"),
    'expected_districts = ["14.01"]': ("expected_districts, entry 1", '"14.01"', 'write "1401"'),
    'expected_districts = ["1401", "1403", "1401"]': ("expected_districts, entry 3", '"1401"', "stands twice"),
    "expected_districts = [1401]": ("expected_districts, entry 1", "1401", 'write "1401"'),
    of("pkhh", 'decile_limits = [{ from = "2025-02", limit = 3 }]'): (
        "programmes.pkhh", "lacks label, unit, registry, legal_basis", "Was [programmes.pkh] meant?",
    ),
    of("blt_village", 'label = "BLT"\nunit = "family"\nlegal_basis = "PMK"'): (
        "programmes.blt_village", "lacks", "registry",
    ),
    of("BLT-DD", 'label = "BLT"\nunit = "family"\nlegal_basis = "PMK"\nregistry = "to_verify"'): (
        "programmes.BLT-DD", "label", "small letters",
    ),
    of("proposals", 'label = "BLT"\nunit = "family"\nlegal_basis = "PMK"\nregistry = "to_verify"'): (
        "programmes.proposals", "label", "another kind of list",
    ),
    of("report", 'label = "BLT"\nunit = "family"\nlegal_basis = "PMK"\nregistry = "to_verify"'): (
        "programmes.report", "label", "already stands for something else",
    ),
    of("registry_persons", 'label = "BLT"\nunit = "family"\nlegal_basis = "PMK"\nregistry = "to_verify"'): (
        "programmes.registry_persons", "label", "already stands for something else",
    ),
    of("type", 'label = "BLT"\nunit = "family"\nlegal_basis = "PMK"\nregistry = "to_verify"'): (
        "programmes.type", "label", "already stands for something else",
    ),
    of("bst", 'aliases = ["Jiwa DTKS"]'): ("programmes.bst.aliases", '"Jiwa DTKS"', "stands for registry_persons"),
    of("bst", 'aliases = ["PKH"]'): ("programmes.bst.aliases", '"PKH"', "already stands for pkh"),
    of("bst", 'amounts = [{ from = "2021-01", monthly = 300000.5 }]'): ("amounts, entry 1, monthly", "300000.5", ""),
    "[programmes]\npkh = 3": ("programmes.pkh", "3", "write [programmes.pkh]"),
    "[programme.pkh]\nunit = 'family'": ("programme", "unit", "did you mean programmes?"),
    "rejected_share = 0.2": ("rejected_share", "0.2", "it belongs under [thresholds]"),
    "version = 2026": ("version", "2026", 'write "2026"'),
    threshold("rejected_share = 30"): ("thresholds.rejected_share", "30", "write 0.30 for 30 percent"),
    threshold("rejected_share = 1.01"): ("thresholds.rejected_share", "1.01", "from 0 to 1"),
    threshold("rejected_share = -0.1"): ("thresholds.rejected_share", "-0.1", "from 0 to 1"),
    threshold("rejected_share = nan"): ("thresholds.rejected_share", "nan", "from 0 to 1"),
    threshold("rejected_share = inf"): ("thresholds.rejected_share", "inf", "from 0 to 1"),
    threshold("rejected_share = true"): ("thresholds.rejected_share", "true", "from 0 to 1"),
    threshold('rejected_share = "0,3"'): ("thresholds.rejected_share", '"0,3"', "write 0.30"),
    threshold("rejected_shares = 0.3"): ("thresholds.rejected_shares", "0.3", "did you mean rejected_share?"),
    threshold("family_size_limit = -5"): ("thresholds.family_size_limit", "-5", "1 or more"),
    threshold("family_size_limit = 20.5"): ("thresholds.family_size_limit", "20.5", "whole number"),
    threshold("file_packing_ratio = inf"): ("thresholds.file_packing_ratio", "inf", "a number"),
    threshold("linkage_review_probability = 0.97"): (
        "thresholds.linkage_review_probability", "0.97", "above thresholds.linkage_same_probability = 0.95 (shipped)",
    ),
    threshold("across_name_similarity = 0.5"): (
        "thresholds.across_name_similarity", "0.5", "below thresholds.across_born_alike_similarity = 0.7",
    ),
    "[linkage]\nregistered_share = 1.0": ("linkage.registered_share", "1.0", "above 0 and below 1"),
    "[linkage]\nregistered_share = 90": ("linkage.registered_share", "90", "write 0.90 for 90 percent"),
    "[linkage]\nleast_weight = 10": ("linkage.least_weight", "10", "a number from -100 to 0"),
    "[linkage]\nusual_family_size = 4.5": ("linkage.usual_family_size", "4.5", "a whole number, 1 or more"),
    "[linkage]\nleast_letters = 4": ("linkage.least_letters", "4", "it belongs under [linkage.names]"),
    "[linkage.names]\nword_similarity = 1.2": ("linkage.names.word_similarity", "1.2", "a share from 0 to 1"),
    "[linkage.names]\nleast_letters = 0": ("linkage.names.least_letters", "0", "a whole number, 1 to 100"),
    "[linkage.names]\nshort_letters = 5": (
        "linkage.names.short_letters", "5", "above linkage.names.least_letters = 4 (shipped)",
    ),
    "[linkage.names]\nreview_share = 0.1": ("linkage.names.review_share", "0.1", "it belongs under [thresholds]"),
    "[linkage.numbers]\nneighbouring_serials = true": ("linkage.numbers.neighbouring_serials", "true", "1 to 9999"),
    "[linkage]\nnames = 0.9": ("linkage.names", "0.9", "write [linkage.names]"),
    '[[pkh_components]]\nname = "ELDERLY"\nminimum_age = 90\nmaximum_age = 70': (
        "pkh_components, entry 1, minimum_age", "90", "above maximum_age = 70",
    ),
    '[[pkh_components]]\nname = "SCHOOL_6-21"\nminimum_age = 6': ("pkh_components", '"SCHOOL_6-21"', "SCHOOL_6_21"),
    "pkh_components = []": ("pkh_components", "[]", "a list that is not empty"),
    '[minimum_wages]\n1499 = [{ from = "2025-01", amount = 1 }]': ("minimum_wages.1499", "2025-01", "no district"),
    '[minimum_wages]\n"14.01" = []': ("minimum_wages", "[]", 'did you mean "1401"?'),
    "[minimum_wages]\n1401 = 3634593": ("minimum_wages.1401", "3634593", "must be a list"),
    '[minimum_wages]\n14 = [{ from = "2025-01", amount = "Rp 3.508.776" }]': ("amount", "3.508.776", "write 3508776"),
}  # fmt: skip


@pytest.mark.parametrize("policy", MISTAKES)
def test_a_mistake_is_two_and_told_with_file_entry_value_and_what_is_allowed(
    welfare: Welfare, capsys: pytest.CaptureFixture[str], policy: str
) -> None:
    assert welfare("policy", policy=policy) == 2
    told = capsys.readouterr()
    assert told.out == ""
    for words in ("policy.toml: ", *MISTAKES[policy]):
        assert words in told.err
    assert "Traceback" not in told.err


def test_all_mistakes_are_told_at_once_and_no_command_begins(
    welfare: Welfare, root: DataRoot, capsys: pytest.CaptureFixture[str]
) -> None:
    wrong = """
[programmes.pkh]
registry = "off-target"
ages = [{ from = "2025-01", minimum = 9, maximum = 6 }]
[programmes.sembako]
yields_to = ["sembako", "rastra"]
[thresholds]
review_share = 2
linkage_same_probability = 0.05
"""
    for command in ("run --period 2021-11", "run --period 2021-10", "verify", "policy --period 2021-11"):
        assert welfare(*command.split(), policy=wrong) == 2
        told = capsys.readouterr()
        assert "6 mistakes in policy.toml" in told.err
        assert told.err.count("policy.toml: ") == 6
        assert told.out == ""
    assert not root.published.exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"[programmes\n", "not readable as TOML"),
        (b"[thresholds]\nrejected_share = 0.1\nrejected_share = 0.2\n", "stands twice"),
        (b"[thresholds]\n[thresholds]\n", "stands twice"),
        (b"version = 2025-02\n", "not readable as TOML"),
        (b"[thresholds]\n# \xe9t\xe9\n", "line 2 is not UTF-8"),
        ("[thresholds]\n".encode("utf-16"), "not UTF-8"),
        (b"x = " + b"[" * 5000, "not readable as TOML"),
        (b"version = " + b"9" * 5000, "not readable as TOML"),
        ((".".join(["a"] * 5000) + " = 1").encode(), "unknown entry a"),
    ],
)
def test_what_is_no_toml_is_two_and_told(
    welfare: Welfare, capsys: pytest.CaptureFixture[str], content: bytes, words: str
) -> None:
    assert welfare("policy", policy=content) == 2
    told = capsys.readouterr().err
    assert "policy.toml: " in told
    assert words in told


def test_a_policy_that_is_a_folder_or_a_link_to_nothing_is_two_and_told(
    welfare: Welfare, root: DataRoot, capsys: pytest.CaptureFixture[str]
) -> None:
    root.policy.mkdir()
    assert welfare("policy") == 2
    assert "policy.toml: is a folder" in capsys.readouterr().err
    root.policy.rmdir()
    root.policy.symlink_to(root.path / "moved.toml")
    assert welfare("run", "--period", "2021-11") == 2
    assert "policy.toml: is a link that leads nowhere" in capsys.readouterr().err


def test_notepads_mark_and_line_ends_are_no_mistake(welfare: Welfare, capsys: pytest.CaptureFixture[str]) -> None:
    assert welfare("policy", policy=b"\xef\xbb\xbf[thresholds]\r\nfamily_size_limit = 30\r\n") == 0
    assert line("thresholds.family_size_limit", capsys) == ["30", "deployment", "none: a figure of this pipeline"]


def line(entry: str, capsys: pytest.CaptureFixture[str]) -> list[str]:
    """The printed cells of an entry that are not empty, but for its name."""
    [found] = [row for row in capsys.readouterr().out.splitlines() if row.split("  ")[0] == entry]
    return [cell.strip() for cell in found.split("  ") if cell.strip()][1:]


@pytest.mark.parametrize(
    ("period", "entry", "told"),
    [
        ("2021-11", "programmes.elderly.ages", ["age 60 and over", "2000-01", "shipped", "ATENSI guidelines"]),
        ("2021-11", "programmes.yapi.ages", ["age 17 and under", "2021-01", "deployment", "ATENSI guidelines"]),
        ("2020-12", "programmes.yapi.ages", ["any age (from 2021-01: age 17 and under)", "deployment"]),
        ("2024-12", "programmes.pbi_jkn.registry", ["to_verify", "shipped", "Permensos 21/2019"]),
        ("2024-12", "programmes.blt_village.legal_basis", ["Permendesa 6/2020", "2020-04", "deployment"]),
        ("2025-01", "programmes.blt_village.unit", ["family", "deployment", "Permendesa 2/2024"]),
        ("2025-06", "programmes.blt_village.ages", ["age 18 and over", "2020-04", "deployment"]),
        (
            "2026-01",
            "programmes.sembako.decile_limits",
            ["decile 4 and below, to verify up to 5", "2026-01", "shipped"],
        ),
        (
            "2025-06",
            "programmes.pbi_jkn.decile_limits",
            ["decile 5 and below, 3 months of grace", "2025-06", "shipped"],
        ),
        ("2026-02", "programmes.pbi_jkn.unit", ["person", "shipped", "Permensos 3/2026; SK Mensos 3/HUK/2026"]),
        ("2024-12", "minimum_wages.1401", ["3412764 (Rp 3,412,764 a month)", "2024-01", "shipped"]),
        ("2025-01", "linkage.names.word_similarity", ["0.9", "shipped", "none: a figure of this pipeline"]),
        ("2025-01", "minimum_wages.1401", ["3634593 (Rp 3,634,593 a month)", "2025-01", "shipped"]),
    ],
)
def test_what_is_in_force_in_a_month_is_told_with_origin_and_legal_basis(
    welfare: Welfare, capsys: pytest.CaptureFixture[str], period: str, entry: str, told: list[str]
) -> None:
    policy = f'[programmes.yapi]\nages = [{{ from = "2021-01", maximum = 17 }}]\n{VILLAGE_FUND}'
    assert welfare("policy", "--period", period, policy=policy) == 0
    assert line(entry, capsys)[: len(told)] == told


def test_without_a_policy_all_is_shipped_and_a_month_that_is_none_is_two(
    welfare: Welfare, root: DataRoot, capsys: pytest.CaptureFixture[str]
) -> None:
    assert welfare("policy") == 0
    told = capsys.readouterr().out
    assert "all as shipped" in told
    assert "  deployment  " not in told
    assert welfare("policy", "--period", "2025-13") == 2
    (root.path / "policy.toml.txt").write_text("")
    capsys.readouterr()
    assert welfare("policy") == 0
    assert "policy.toml.txt is not read" in capsys.readouterr().out


def test_a_new_programme_is_no_mistake_and_stands_in_force_like_any_other(
    welfare: Welfare, capsys: pytest.CaptureFixture[str]
) -> None:
    policy = f'{VILLAGE_FUND}\n[programmes.bst]\nyields_to = ["pkh", "blt_village"]\n'
    assert welfare("run", "--period", "2021-11", policy=policy) == 0
    capsys.readouterr()
    assert welfare("policy", "--period", "2021-11") == 0
    assert "programmes.blt_village.unit" in capsys.readouterr().out


ANYTHING = st.recursive(
    st.booleans()
    | st.integers()
    | st.sampled_from([10**400, -(10**400), "pkh", "family", "2025-02", "2025-2"])
    | st.floats()
    | st.text(max_size=4)
    | st.dates()
    | st.times(),
    lambda below: st.lists(below, max_size=3) | st.dictionaries(st.sampled_from(["from", "limit", "id"]), below),
    max_leaves=6,
)
PLACES = st.sampled_from(
    [
        ("version",), ("pkh_components",), ("programmes",), ("thresholds", "rejected_share"), ("thresholds",),
        ("thresholds", "family_size_limit"), ("linkage",), ("linkage", "names"),
        ("minimum_wages", "1401"), ("minimum_wages", "x\n"), ("programmes", "new"),
        *(
            ("programmes", "bst", key)
            for key in ("label", "unit", "registry", "legal_basis", "aliases", "amounts", "decile_limits", "ages",
                        "yields_to", "\x1b[2J")
        ),
    ]
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(st.dictionaries(PLACES, ANYTHING, max_size=3))
def test_whatever_stands_in_it_is_used_or_told_in_lines_that_can_be_shown(
    entries: dict[tuple[str, ...], object],
) -> None:
    own: dict[str, object] = {}
    for path, value in entries.items():
        for key in reversed(path[1:]):
            value = {key: value}  # noqa: PLW2901  put into its table
        own[path[0]] = value
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("welfare_pipeline.contracts.policy.deployment_entries", lambda _: own)
        _, mistakes = usable_policy(Path("policy.toml"))
    assert all(str(mistake).isprintable() for mistake in mistakes)
