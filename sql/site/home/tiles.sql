-- @description: The map: each authority of today with its grade for the judgement shown first.
select
    '' as page,
    a.number,
    a.name,
    a.page as authority_page,
    t.column_number as "column",
    t.row_number as "row",
    g.grade_rank as rank,
    g.words
from site_authorities a
join core.tiles t using (authority_id)
join site_grades g using (authority_id)
where a.is_current and g.area_code = (
    select s.area_code
    from site_shares s, site_days d
    where s.scope = 'England' and s.reference_date = d.known_until and s.share_percent is not null
    order by s.sort_order
    limit 1
)
order by a.name
