-- @description: What each authority was told to improve: by its two latest full inspections with a report, and by visits and joint inspections since the earlier of them.
with since as (
    select authority_id, min(start_date) as first_date
    from (
        from marts.full_inspections
        where report_id is not null
        qualify row_number() over (partition by authority_id order by inspection_number desc) <= 2
    )
    group by authority_id
)

select
    a.page,
    v.start_date,
    split_part(p.name, ',', 1) || coalesce(': ' || t.name, '') as what,
    v.report_id,
    r.kind,
    r.addressed_to,
    r.text,
    split_part(r.paragraph_id, '-', 2) as paragraph,
    m.later_id is not null as came_back
from since s
join core.activities v on v.authority_id = s.authority_id and v.start_date >= s.first_date
join core.frameworks p using (framework_code)
left join core.themes t using (theme_code)
join site_authorities a on a.authority_id = s.authority_id
join core.recommendations r using (activity_id)
left join (select distinct later_id from marts.recurring_items) m on m.later_id = r.recommendation_id
order by a.page, v.start_date desc, v.activity_id, r.ordinal
