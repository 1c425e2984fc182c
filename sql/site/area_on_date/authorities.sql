-- @description: Who had which grade on each reference day.
with days as (
    select distinct reference_date from site_positions
),

-- The last day counts every report, and so does as_at for a day without a cut-off of its own.
standing as (
    select d.reference_date, g.authority_id, g.area_code, g.grade, g.grade_rank
    from days d, as_at(d.reference_date) g
)

select
    s.area_page || '/' || g.reference_date as page,
    g.grade_rank,
    l.label,
    list({'name': a.name, 'page': a.page} order by a.name) as authorities
from standing g
join site_areas s using (area_code)
join site_authorities a using (authority_id)
join core.grades l using (grade)
group by s.area_page, g.reference_date, g.grade_rank, l.label
order by page, g.grade_rank nulls last, l.label
