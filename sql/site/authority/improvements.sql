-- @description: What the two latest full inspections of each authority with a report told it to improve.
with reported as (
    from marts.full_inspections
    where report_id is not null
    qualify row_number() over (partition by authority_id order by inspection_number desc) <= 2
)

select
    a.page,
    f.start_date,
    f.report_id,
    r.kind,
    r.addressed_to,
    r.text,
    split_part(r.paragraph_id, '-', 2) as paragraph,
    m.later_id is not null as came_back
from reported f
join site_authorities a using (authority_id)
join core.recommendations r using (inspection_id)
left join (select distinct later_id from marts.recurring_items) m on m.later_id = r.recommendation_id
order by a.page, f.start_date desc, r.ordinal
