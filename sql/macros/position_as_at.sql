-- @description: One row per region, family and grade: how many authorities held the grade on a date, with the denominator and the share in whole per cent.
-- @grain: scope, region_name, area_code, grade
-- @parameter: reference_date | The date, as for as_at.
-- @parameter: published_by | Last day of publication that counts, as for as_at; null counts every report.
-- @column: scope | England, ONS region (one of nine) or Ofsted region (one of eight).
-- @column: region_name | England, or the region's name.
-- @column: area_code | Family of the judgement.
-- @column: grade | The grade as a code.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: n_authorities | Authorities that held the grade.
-- @column: n_graded | The denominator: authorities that held any grade. It leaves out authorities that were not judged or not inspected.
-- @column: share_percent | n_authorities divided by n_graded, rounded to whole per cent; null for not_judged.
-- @warning: Most regions are in both scopes under the same name: always filter by scope, or they count twice.
-- @warning: A grade that no authority of the region held has no row.
-- @warning: Since April 2026 fewer and fewer authorities have an overall grade: look at n_graded before comparing.
create or replace macro position_as_at(reference_date, published_by := null) as table
with grades_standing as (
    select t.region_name, t.ofsted_region_name, t.area_code, t.grade, t.grade_rank, count(*) as n_standing
    from as_at(reference_date, published_by := published_by) t
    group by t.region_name, t.ofsted_region_name, t.area_code, t.grade, t.grade_rank
),

grades_by_scope as (
    select 'England' as scope, 'England' as region, t.area_code, t.grade, t.grade_rank, t.n_standing from grades_standing t
    union all
    select 'ONS region', t.region_name, t.area_code, t.grade, t.grade_rank, t.n_standing from grades_standing t
    union all
    select 'Ofsted region', t.ofsted_region_name, t.area_code, t.grade, t.grade_rank, t.n_standing from grades_standing t
),

grade_counts as (
    select s.scope, s.region, s.area_code, s.grade, s.grade_rank, sum(s.n_standing)::bigint as n_authorities
    from grades_by_scope s
    group by s.scope, s.region, s.area_code, s.grade, s.grade_rank
)

select
    c.scope,
    c.region as region_name,
    c.area_code,
    c.grade,
    c.grade_rank,
    c.n_authorities,
    (sum(case when c.grade_rank is null then 0 else c.n_authorities end) over of_area)::bigint as n_graded,
    case
        when c.grade_rank is not null
            then round(
                100.0 * c.n_authorities
                / sum(case when c.grade_rank is null then 0 else c.n_authorities end) over of_area
            )
    end::integer as share_percent
from grade_counts c
window of_area as (partition by c.scope, c.region, c.area_code)
order by c.scope, c.region, c.area_code, c.grade_rank nulls last
