-- One row per figure of the district.
unpivot (select people as population, registry_persons from {batch}) on columns(*) into name label value figure
