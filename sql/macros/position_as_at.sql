-- @description: One row per region, family and grade of the scale: how many authorities held the grade on a date, with the denominator and the share in whole per cent.
-- @grain: scope, region_name, area_code, grade
-- @parameter: reference_date | The date, as for as_at.
-- @parameter: published_by | Last day of publication that counts, as for as_at.
-- @column: scope | England, ONS region (one of nine) or Ofsted region (one of eight).
-- @column: region_name | England, or the region's name.
-- @column: area_code | Family of the judgement.
-- @column: grade | The grade as a code.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: n_authorities | Authorities that held the grade; 0 where none did.
-- @column: n_from_official_statistics | Those of them whose grade no report in this warehouse gives.
-- @column: n_graded | The denominator: authorities that held any grade of the family. It leaves out authorities that were not judged or not inspected.
-- @column: n_existing | Authorities that existed on the date.
-- @column: share_percent | n_authorities divided by n_graded, rounded to whole per cent; null where share_note says why.
-- @column: share_note | Why there is no share: fewer than 90% of the authorities that existed hold a grade of the family, or not_judged, which is no grade; null where there is one.
-- @column: coverage_note | Of how many authorities the grades in force are known, and whose report is missing, with older grades or none: "149 of 152 authorities; no report on Cumbria"; null where all are known.
-- @warning: Most regions are in both scopes under the same name: always filter by scope, or they count twice.
-- @warning: Every grade of the scale has a row, but not_judged has one only where an authority was not judged, and is in no denominator.
-- @warning: A family that is not judged everywhere, as care leavers since 2018, or overall since April 2026, has counts but no share: those with a grade are not like those without.
create or replace macro position_as_at(reference_date, published_by := null) as table
with grades_standing as (
    select
        t.region_name,
        t.ofsted_region_name,
        t.area_code,
        t.grade,
        t.grade_rank,
        count(*) as n_standing,
        count(*) filter (where t.basis <> 'report') as n_official
    from as_at(reference_date, published_by := published_by) t
    group by t.region_name, t.ofsted_region_name, t.area_code, t.grade, t.grade_rank
),

-- Added up, because DuckDB joins to a date of another table only what must be there.
authorities_told as (
    select a.authority_id, a.authority_name, a.region_name, a.ofsted_region_name, a.is_missing_report, false as has_grades
    from authorities_as_at(reference_date) a
    union all
    select g.authority_id, g.authority_name, g.region_name, g.ofsted_region_name, false, true
    from as_at(reference_date, published_by := published_by) g
    group by all
),

authorities_added_up as (
    select
        t.authority_name,
        t.region_name,
        t.ofsted_region_name,
        bool_or(t.has_grades) as has_grades,
        bool_or(t.is_missing_report) as is_missing
    from authorities_told t
    group by t.authority_id, t.authority_name, t.region_name, t.ofsted_region_name
),

places as (
    select 'England' as scope, 'England' as region, a.* from authorities_added_up a
    union all
    select 'ONS region', a.region_name, a.* from authorities_added_up a
    union all
    select 'Ofsted region', a.ofsted_region_name, a.* from authorities_added_up a
),

places_counted as (
    select
        p.scope,
        p.region,
        count(*) as n_existing,
        count(*) filter (where p.has_grades and not p.is_missing) as n_known,
        list_sort(coalesce(list(p.authority_name) filter (where p.is_missing), [])) as missing
    from places p
    group by p.scope, p.region
),

grades_possible as (
    select distinct m.area_code, g.grade, g.grade_rank
    from core.frameworks f
    join core.judgement_areas m using (framework_code)
    join core.grades g on list_contains(f.scale, g.grade)
    -- As in marts.full_inspections; where the days on site decide, it is standard or short.
    where coalesce(f.inspection_kind, 'standard') in ('standard', 'first', 'reinspection')
),

grades_counted as (
    select 'England' as scope, 'England' as region, s.* from grades_standing s
    union all
    select 'ONS region', s.region_name, s.* from grades_standing s
    union all
    select 'Ofsted region', s.ofsted_region_name, s.* from grades_standing s
    union all
    select c.scope, c.region, null, null, p.area_code, p.grade, p.grade_rank, 0, 0
    from places_counted c
    cross join grades_possible p
),

grade_counts as (
    select
        s.scope,
        s.region,
        s.area_code,
        s.grade,
        s.grade_rank,
        sum(s.n_standing)::bigint as n_authorities,
        sum(s.n_official)::bigint as n_from_official_statistics
    from grades_counted s
    group by s.scope, s.region, s.area_code, s.grade, s.grade_rank
),

areas_counted as (
    select
        c.*,
        (sum(case when c.grade_rank is null then 0 else c.n_authorities end) over of_area)::bigint as n_graded
    from grade_counts c
    window of_area as (partition by c.scope, c.region, c.area_code)
)

select
    n.scope,
    n.region as region_name,
    n.area_code,
    n.grade,
    n.grade_rank,
    n.n_authorities,
    n.n_from_official_statistics,
    n.n_graded,
    c.n_existing,
    case
        when n.grade_rank is not null and 10 * n.n_graded >= 9 * c.n_existing
            then round(100.0 * n.n_authorities / n.n_graded)
    end::integer as share_percent,
    case
        when n.grade_rank is null then 'not judged is no grade'
        when 10 * n.n_graded < 9 * c.n_existing then 'fewer than 90% of the authorities have a grade'
    end as share_note,
    case
        when c.n_known < c.n_existing
            then c.n_known || ' of ' || c.n_existing || ' authorities'
                || case len(c.missing)
                    when 0 then ''
                    else '; no report on ' || array_to_string(c.missing[1:5], ', ')
                        || case when len(c.missing) > 5 then ' and ' || (len(c.missing) - 5) || ' more' else '' end
                end
    end as coverage_note
from areas_counted n
join places_counted c on c.scope = n.scope and c.region = n.region
order by n.scope, n.region, n.area_code, n.grade_rank nulls last
