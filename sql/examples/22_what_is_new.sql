-- @question: Which grades were published in the last twelve months, and what did they change?
-- @returns: One row per full inspection published since, the latest first: every grade that is new or another than before, how many improved, declined, stayed, and can't be compared, what tells of it, and the page.
-- @warning: Where is_other_framework is true the grades before are of another framework: a step may be the framework's. A family that the inspection before did not judge is not compared.
-- @warning: The months are counted back from the last day of publication of an inspection in this warehouse.
with asked as (select 12 as months),

last_day as (select max(published_date) as known_until from core.inspections)

select
    f.published_date,
    h.authority_name,
    string_agg(
        h.area_code || ': ' || case
            when h.previous_grade is null then h.grade || ' (first grade)'
            when h.change = 'not comparable' then h.grade || ' (not judged at one of the two, or in between)'
            else h.previous_grade || ' > ' || h.grade
        end, '; '
        order by h.area_code
    ) filter (where h.change is distinct from 'same') as changes,
    count(*) filter (where h.change = 'improved') as n_improved,
    count(*) filter (where h.change = 'declined') as n_declined,
    count(*) filter (where h.change = 'same') as n_same,
    count(*) filter (where h.change is null or h.change = 'not comparable') as n_not_compared,
    count(*) as n_judgements,
    bool_or(h.is_other_framework) as is_other_framework,
    any_value(h.basis) as basis,
    any_value(coalesce(r.source_url, a.provider_url)) as page_url
from marts.judgement_history h
join marts.full_inspections f using (inspection_id)
join core.authorities a on a.authority_id = h.authority_id
left join core.reports r on r.report_id = f.report_id
cross join asked
cross join last_day
where f.published_date > known_until - to_months(asked.months)
group by f.published_date, h.authority_name, f.inspection_id
order by f.published_date desc, h.authority_name
