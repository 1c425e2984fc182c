-- @description: One row: the last day of publication of an inspection, and the ends of the time lines: whole years, so that they move once a year.
select
    max(published_date) as known_until,
    make_date(year(min(start_date))::integer, 1, 1) as first_date,
    make_date(year(max(published_date))::integer, 12, 31) as last_date
from marts.full_inspections
