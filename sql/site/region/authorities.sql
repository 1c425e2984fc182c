-- @description: The authorities of each region: grades in force, how long since the last full inspection, and when the next is likely.
select
    a.region_page as page,
    a.name,
    a.page as authority_page,
    a.known_until,
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
    x.n_intervals
from site_authorities a
left join marts.waiting_times w using (authority_id)
left join marts.next_inspection_windows x using (authority_id)
where a.is_current and a.region is not null
order by a.region_page, w.inspection_start_date nulls last, a.name
