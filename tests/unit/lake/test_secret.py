"""The secret behind the keys: which ones are refused, and that it stays the one the keys were made with."""

import stat
from pathlib import Path

import pytest

from tests.conftest import Keep
from welfare_pipeline.lake import DataRoot, SecretError

GOOD, OTHER = "correct horse battery staple", "quite another good secret"


@pytest.fixture
def root(root: DataRoot, monkeypatch: pytest.MonkeyPatch) -> DataRoot:
    """A data root without a secret."""
    monkeypatch.delenv("WELFARE_SECRET", raising=False)
    root.path.mkdir(parents=True)
    return root


def write(root: DataRoot, content: bytes | str, mode: int = 0o600) -> Path:
    root.secret.write_bytes(content.encode() if isinstance(content, str) else content)
    root.secret.chmod(mode)
    return root.secret


BAD = [
    ("", "is blank"),
    (" \n\t ", "is blank"),
    ("fifteen letters", "has only 15 characters"),
    ("abcabcabcabcabcabcabc", "has only 3 different characters"),
    ("0" * 64, "has only 1 different characters"),
    ("a\x07secret with a bell in it", "is not text"),
]


@pytest.mark.parametrize(("content", "told"), BAD)
@pytest.mark.parametrize("by_variable", [True, False])
def test_a_secret_that_can_be_guessed_is_refused(
    root: DataRoot, monkeypatch: pytest.MonkeyPatch, content: str, told: str, *, by_variable: bool
) -> None:
    if by_variable:
        monkeypatch.setenv("WELFARE_SECRET", content)
    else:
        write(root, content)
    with pytest.raises(SecretError, match=told) as refused:
        root.deployment_secret()
    assert ("WELFARE_SECRET" if by_variable else str(root.secret)) in str(refused.value)
    assert not content.strip() or content.strip() not in str(refused.value)


@pytest.mark.parametrize(
    "content", ["sixteen letters!", f"\ufeff{GOOD}\r\n", "rahasia dinas sosial: jangan dibuka \u2713"]
)
def test_a_good_one_is_taken_without_the_blanks_around_it(root: DataRoot, content: str) -> None:
    write(root, content)
    assert root.deployment_secret() == content.strip("\ufeff\r\n")


@pytest.mark.parametrize(
    ("mode", "is_taken"), [(0o600, True), (0o400, True), (0o640, True), (0o644, False), (0o602, False)]
)
def test_a_file_that_every_user_may_read_is_refused(root: DataRoot, mode: int, *, is_taken: bool) -> None:
    write(root, GOOD, mode)
    if is_taken:
        assert root.deployment_secret() == GOOD
    else:
        with pytest.raises(SecretError, match=r"open to every user of this machine.*chmod 600"):
            root.deployment_secret()


def test_what_is_no_text_file_is_refused_with_what_to_restore(root: DataRoot) -> None:
    write(root, b"\xff\xfe\x80 no text at all \x80")
    with pytest.raises(SecretError, match=r"is not text.*from your backup"):
        root.deployment_secret()
    root.secret.unlink()
    root.secret.mkdir()
    with pytest.raises(SecretError, match=r"is a folder.*from your backup"):
        root.deployment_secret()
    root.secret.rmdir()
    root.secret.symlink_to(root.path / "vault")
    with pytest.raises(SecretError, match="leads to no file"):
        root.deployment_secret()


def test_the_first_use_makes_a_good_one_and_leaves_a_fingerprint(root: DataRoot) -> None:
    made = root.deployment_secret()
    assert (len(made), stat.S_IMODE(root.secret.stat().st_mode)) == (64, 0o600)
    fingerprint = (root.lake / "secret.fingerprint").read_text("utf-8")
    assert made not in fingerprint
    assert root.deployment_secret() == made


def test_another_or_a_lost_one_is_refused_unless_asked_for(root: DataRoot, monkeypatch: pytest.MonkeyPatch) -> None:
    made = root.deployment_secret()
    root.secret.unlink()
    with pytest.raises(SecretError, match=r"is lost.*from your backup.*--new-secret"):
        root.deployment_secret()
    assert not root.secret.exists()
    write(root, OTHER)
    with pytest.raises(SecretError, match=r"not the secret that the keys.*former file back.*--new-secret"):
        root.deployment_secret()
    monkeypatch.setenv("WELFARE_SECRET", made)
    assert root.deployment_secret() == made
    monkeypatch.delenv("WELFARE_SECRET")
    assert root.deployment_secret(new=True) == root.deployment_secret() == OTHER

    write(root, "0000")
    fresh = root.deployment_secret(new=True)
    assert len(fresh) == 64
    assert root.deployment_secret() == fresh == root.deployment_secret(new=True)  # the same again: nothing changes
    assert [path.read_text() for path in root.path.glob("secret.former-*")] == ["0000"]


def test_a_lake_older_than_fingerprints_takes_the_present_one(root: DataRoot, keep: Keep) -> None:
    keep("2021-11", "1401", links=[{"list": "pkh"}])
    with pytest.raises(SecretError, match="is lost"):
        root.deployment_secret()
    write(root, GOOD)
    assert root.deployment_secret() == GOOD
    write(root, OTHER)
    with pytest.raises(SecretError, match="not the secret"):
        root.deployment_secret()
