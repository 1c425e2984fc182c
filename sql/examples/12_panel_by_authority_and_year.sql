-- @question: Where is a panel by authority and year, with the codes valid at the time, to model with?
-- @returns: One row per authority and 31 March on which it existed: its code then, the ranks of its grades in force, and the days since the inspection.
select reference_date, year, la_code_gss, authority_id, authority_name, region_name, overall_rank, leaders_rank,
    help_and_protection_rank, care_rank, care_leavers_rank, framework_code, inspection_number, days_since_inspection,
    was_inspected_in_year
from marts.authority_year_panel
order by authority_name, reference_date
