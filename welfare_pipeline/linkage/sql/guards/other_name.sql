-- Nobody is taken for a person of another name, whatever else agrees: families share nearly everything. Number and birth
-- date together make up for a name that cannot be read.
-- Effect: veto
-- Case: test_guards.py: test_whom_another_row_of_the_list_names_is_not_named_again_by_another_name
select left_id, right_id
from weighed_pair
where name_level = 1 and not (nik_level = 4 and birth_level >= 3)
