"""The data dictionary as a page beside the databases: one file that opens without network and without scripts."""

from welfare_pipeline.publish.dictionary.page import publish_dictionary

__all__ = ["publish_dictionary"]
