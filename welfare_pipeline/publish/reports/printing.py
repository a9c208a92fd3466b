"""Pages as PDF, by the Chromium of the machine; none is downloaded."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from welfare_pipeline.publish.replacing import PublishError
from welfare_pipeline.publish.reports.template import READABLE

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
SECONDS = 120
NO_BROWSER = (
    "a PDF needs Chromium, and there is none on this machine: install it (Debian: apt-get install chromium), or open "
    "the .html page and print it"
)


def chromium() -> str | None:
    """The machine's Chromium, if there is one."""
    return next((found for name in BROWSERS if (found := shutil.which(name))), None)


def print_page(page: Path, mode: int = READABLE) -> Path:
    """Write `<page>.pdf` beside the page, as it prints on A4; its path.

    Raises:
        PublishError: there is no Chromium, or it could not do it.

    """
    browser, target = chromium(), page.with_suffix(".pdf")
    if browser is None:
        raise PublishError(NO_BROWSER)
    with tempfile.TemporaryDirectory(dir=page.parent, prefix=".printing") as folder:
        draft = Path(folder) / target.name
        options = ["--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer", f"--user-data-dir={folder}"]
        command = [browser, *options, f"--print-to-pdf={draft}", page.resolve().as_uri()]
        try:
            subprocess.run(command, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603  a browser of this machine
            draft.chmod(mode)
            draft.replace(target)
        except (OSError, subprocess.SubprocessError) as error:
            message = f"{target.name}: Chromium could not print it ({type(error).__name__}); the .html page stands"
            raise PublishError(message) from None
    return target
