-- @description: The authorities of each region: grades in force, how long since the last full inspection, when the next is likely, and the latest visit of each kind.
with latest as (
    select authority_id, list({'what': what, 'date': start_date, 'report_id': report_id} order by what) as visits
    from (
        select v.authority_id, v.activity_kind, any_value(p.activity_kind) as kind, max_by(p.name, v.start_date) as what,
            max(v.start_date) as start_date, max_by(v.report_id, v.start_date) as report_id
        from marts.all_activities v
        join core.frameworks p using (framework_code)
        anti join marts.all_inspections i on i.inspection_id = v.activity_id
        where v.start_date_basis <> 'bound'
        group by v.authority_id, v.activity_kind
    )
    group by authority_id
)

select
    a.region_page as page,
    a.name,
    a.page as authority_page,
    (
        select list({'area': g.label, 'words': g.words, 'rank': g.grade_rank} order by g.sort_order)
        from site_grades g
        where g.authority_id = a.authority_id
    ) as grades,
    w.inspection_start_date,
    w.inspection_start_date_basis,
    x.opens_date,
    x.expected_date,
    x.closes_date,
    x.n_intervals,
    coalesce(l.visits, []) as visits
from site_authorities a
left join marts.waiting_times w using (authority_id)
left join marts.next_inspection_windows x using (authority_id)
left join latest l using (authority_id)
where a.is_current and a.region is not null
order by a.region_page, w.inspection_start_date nulls last, a.name
