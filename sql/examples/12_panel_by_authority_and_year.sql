-- @question: Where is a panel by authority and year, with the codes valid at the time, to model with?
-- @returns: One row per authority and 31 March on which it existed: its code then, the ranks of its grades in force, those known then (known_), the days since the inspection, and whether its report is missing.
-- @warning: Where is_missing_report is true a rank that is null or old is a gap in this warehouse, not a fact about the authority: leave the row out. days_since_inspection is null where the first day is a bound.
select reference_date, year, la_code_gss, authority_id, authority_name, authority_type, region_name, is_missing_report,
    overall_rank, leaders_rank, help_and_protection_rank, care_rank, care_leavers_rank, basis, framework_code, inspection_number,
    days_since_inspection, was_inspected_in_year, known_overall_rank, known_leaders_rank, known_help_and_protection_rank,
    known_care_rank, known_care_leavers_rank
from marts.authority_year_panel
order by authority_name, authority_id, reference_date
