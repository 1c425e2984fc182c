-- @question: Which grades were published in the last twelve months, and what did they change?
-- @returns: One row per authority with a new report, the latest first: every grade with the step from the one before, and the report.
with asked as (select 12 as months),

last_day as (select max(published_date) as known_until from core.reports)

select
    h.published_date,
    h.authority_name,
    string_agg(
        h.area_code || ': ' || coalesce(h.previous_grade || ' > ', '') || h.grade, '; '
        order by h.area_code
    ) filter (where h.change is distinct from 'same') as changes,
    count(*) filter (where h.change = 'improved') as n_improved,
    count(*) filter (where h.change = 'declined') as n_declined,
    count(*) as n_judgements,
    any_value(r.source_url) as source_url
from marts.judgement_history h
join core.inspections i using (inspection_id)
join core.reports r using (report_id)
cross join asked
cross join last_day
where h.published_date > known_until - to_months(asked.months)
group by h.published_date, h.authority_name, h.inspection_id
order by h.published_date desc, h.authority_name
