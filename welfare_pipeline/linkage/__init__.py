"""Who is the same person: normalise, exact, compared, claims, unregistered. Other rooms read the table `links` only."""

from welfare_pipeline.linkage.people import link_people

__all__ = ["link_people"]
