"""Letters to families: what was found of them, on which kind of evidence, and how to object."""

from welfare_pipeline.publish.letters.letters import UnknownVillageError, publish_letters, withdraw_letters

__all__ = ["UnknownVillageError", "publish_letters", "withdraw_letters"]
