-- @question: How do Ofsted's published figures compare with ours on a date, by region?
-- @returns: One row per Ofsted region and grade overall: authorities with the grade in the edition of Ofsted's statistics as at the date, and by our count with the same cut-off; how many of ours rest on statistics, not on a report; both denominators, and who differs.
-- @warning: No row where there is no edition as at the date: official.editions has the dates. Regions by our list of today; a sheet may print others. Where our grade is from statistics the two agree of themselves: n_ours_from_statistics.
with asked as (select date '2025-03-31' as reference_date, 'overall' as area),

published as (
    select r.authority_id, g.grade
    from asked
    join official.editions e on e.as_at_date = asked.reference_date
    join official.rows r on r.edition_id = e.edition_id and r.family = 'snapshot'
    join official.grades g on g.row_id = r.row_id and g.area_code = asked.area
),

ours as (
    select t.authority_id, t.grade, t.basis
    from as_at((select reference_date from asked)) t, asked
    where t.area_code = asked.area and exists (from published)
),

beside as (
    select a.authority_name, a.ofsted_region_name, p.grade as their_grade, o.grade as our_grade, o.basis
    from published p
    full join ours o on o.authority_id = p.authority_id
    join core.authorities a on a.authority_id = coalesce(p.authority_id, o.authority_id)
),

compared as (
    select b.ofsted_region_name, b.authority_name, k.grade, k.grade_rank, b.basis,
        b.their_grade = k.grade as is_theirs, b.our_grade = k.grade as is_ours
    from beside b
    join core.grades k on k.grade in (b.their_grade, b.our_grade)
)

select
    c.ofsted_region_name,
    c.grade,
    count(*) filter (where c.is_theirs) as n_published,
    count(*) filter (where c.is_ours) as n_ours,
    count(*) filter (where c.is_ours and c.basis <> 'report') as n_ours_from_statistics,
    n_ours - n_published as n_more,
    (sum(n_published) over of_region)::bigint as n_graded_published,
    (sum(n_ours) over of_region)::bigint as n_graded_ours,
    string_agg(c.authority_name, '; ' order by c.authority_name) filter (where c.is_theirs is distinct from c.is_ours) as who_differs
from compared c
group by c.ofsted_region_name, c.grade, c.grade_rank
window of_region as (partition by c.ofsted_region_name)
order by c.ofsted_region_name, c.grade_rank nulls last
