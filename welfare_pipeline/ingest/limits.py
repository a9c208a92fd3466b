"""How large a landed file may be, packed and unpacked. What is larger is refused before it fills the memory."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from welfare_pipeline.ingest.file_error import FileRejectedError

if TYPE_CHECKING:  # the process of a guarded file is told its limits: to import a policy takes longer than it reads
    from welfare_pipeline.contracts.policy import Policy

NEVER_SUSPICIOUS = 64 * 2**20  # bytes; so much may come out of a file of any size


@dataclass(frozen=True)
class Limits:
    """As the policy sets them: bytes of a file (unpacked), how many times its packed size, cells, bytes to read it."""

    file_bytes: int
    packing_ratio: float
    cells: int
    memory: int

    @classmethod
    def of(cls, policy: "Policy") -> "Limits":
        """Those of the policy."""
        limits = policy.thresholds
        names = ("file_bytes", "file_packing_ratio", "file_cells", "file_memory")
        size, ratio, cells, memory = (limits[name] for name in names)
        return cls(int(size), ratio, int(cells), int(memory))

    def check_bytes(self, size: int) -> None:
        """Raise `FileRejectedError` if a file (unpacked) is larger."""
        if size > self.file_bytes:
            message = f"it holds more than {self.file_bytes:,} bytes; land it in parts, for example by sub-district"
            raise FileRejectedError(message)

    def check_unpacked(self, size: int, packed: int) -> None:
        """Raise `FileRejectedError` if `packed` bytes have become too many, as files made to fill the memory do."""
        self.check_bytes(size)
        if size > max(NEVER_SUSPICIOUS, self.packing_ratio * packed):
            message = (
                f"it unpacks to more than {self.packing_ratio:,.0f} times its size, as no list does but files made to "
                "fill the memory; see where it comes from, and land the list as .csv"
            )
            raise FileRejectedError(message)

    def check_cells(self, cells: int) -> None:
        """Raise `FileRejectedError` if there is room for more cells."""
        if cells > self.cells:
            message = f"it has room for more than {self.cells:,} cells; remove the empty columns, or land it in parts"
            raise FileRejectedError(message)
