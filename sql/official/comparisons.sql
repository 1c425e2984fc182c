-- @description: One row per item of an official row held against our report, and per inspection or visit that one side tells of alone.
-- @grain: edition_id, sheet, row_id, activity_id, item
-- @column: edition_id | The edition, as in official.editions.
-- @column: sheet | Name of the sheet.
-- @column: row_id | The row, as in official.rows; null where only we tell of it.
-- @column: cell | The cell; null where only we tell of it.
-- @column: authority_id | The authority, as in core.authorities.
-- @column: activity_id | The inspection or visit of ours, as in core.activities; null where only the sheet tells of it.
-- @column: framework_code | Framework of the inspection or visit, as in core.frameworks; null for names, codes and regions.
-- @column: item | inspection, visit, start_date, published_date, inspection_kind, theme, outcome, authority_name, la_code_gss, region, or grade: and an area.
-- @column: official_value | What the sheet says, as text.
-- @column: our_value | What the report says, as text; for names, codes and regions what our reference data say.
-- @column: is_equal | Whether both are the same, but for capitals.
-- @column: side | both, theirs only or ours only.
-- @not_null: edition_id, sheet, authority_id, item, is_equal, side
-- @warning: Names, codes and regions are compared once for each sheet and authority, whether or not a report is held.
-- @warning: What only we tell of: in a snapshot what is newer than its row, in a year's list what began in the year, in a history what its edition could have. Joint inspections, which the sheets never list, are not compared.
with of_rows as (
    select unnest(row_ids) as row_id, activity_id, has_report, framework_code from official.activities
),

with_outcome as (
    select distinct framework_code from core.outcomes
    union
    select distinct framework_code from core.judgement_areas
),

told as (
    select
        r.*,
        if(o.has_report, o.activity_id, null) as activity_id,
        o.framework_code,
        if(o.framework_code in (from with_outcome), 'inspection', 'visit') as item
    from official.rows r
    join of_rows o using (row_id)
),

matched as (
    select
        t.*,
        v.start_date as our_start_date,
        v.published_date as our_published_date,
        v.theme_code as our_theme_code,
        i.inspection_kind as our_kind,
        p.outcome_code as our_outcome_code
    from told t
    join core.activities v using (activity_id)
    left join marts.all_inspections i on i.inspection_id = t.activity_id
    left join core.activity_outcomes p on p.activity_id = t.activity_id
),

facts as (
    select row_id, 'start_date' as item, cells.start_date as cell, start_date::varchar as official_value, our_start_date::varchar as our_value
    from matched
    union all
    select row_id, 'published_date', cells.published_date, published_date::varchar, our_published_date::varchar
    from matched
    union all
    select row_id, 'inspection_kind', cells.inspection_kind, inspection_kind, our_kind
    from matched
    where our_kind is not null
    union all
    select row_id, 'theme', cells.theme, coalesce(theme_code, theme_as_published), our_theme_code
    from matched
    union all
    select row_id, 'outcome', cells.outcome, outcome_code, our_outcome_code
    from matched
),

-- Families of judgements for which a sheet has a column, for this inspection of the row.
columns_given as (
    select distinct r.edition_id, r.sheet, r.framework_family, r.number, g.area_code
    from official.grades g
    join official.rows r using (row_id)
),

our_grades as (
    select m.row_id, j.area_code, j.grade
    from matched m
    join core.judgements j on j.inspection_id = m.activity_id
    join columns_given c
        on
            c.edition_id = m.edition_id
            and c.sheet = m.sheet
            and c.framework_family = m.framework_family
            and c.number is not distinct from m.number
            and c.area_code = j.area_code
),

grades as (
    select
        coalesce(t.row_id, o.row_id) as row_id,
        'grade:' || coalesce(t.area_code, o.area_code) as item,
        t.cell,
        t.grade as official_value,
        o.grade as our_value
    from (select g.* from official.grades g semi join matched using (row_id)) t
    full join our_grades o on o.row_id = t.row_id and o.area_code = t.area_code
),

named as (
    select r.*, e.as_at_date
    from official.rows r
    join official.editions e using (edition_id)
    qualify row_number() over (partition by r.edition_id, r.sheet, r.authority_id order by r.row_number, r.row_id) = 1
),

of_authorities as (
    select n.row_id, 'authority_name' as item, n.cells.name as cell, n.name as official_value, a.authority_name as our_value
    from named n
    join core.authorities a using (authority_id)
    union all
    -- A number of three figures is the DfE's.
    select n.row_id, 'la_code_gss', n.cells.la_code, n.la_code, if(length(n.la_code) = 3, a.la_code_dfe, a.la_code_gss)
    from named n
    join core.authorities a using (authority_id)
    where n.la_code is not null
    union all
    select n.row_id, 'region', n.cells.region, n.region, a.ofsted_region_name
    from named n
    join core.authorities a using (authority_id)
    where n.region is not null
),

compared as (
    select * from facts where official_value is not null
    union all
    from grades
    union all
    from of_authorities
),

sheets as (
    select
        r.edition_id,
        r.sheet,
        any_value(r.family) as family,
        any_value(e.as_at_date) as as_at_date,
        list(distinct r.activity_kind) as activity_kinds
    from official.rows r
    join official.editions e using (edition_id)
    group by r.edition_id, r.sheet
),

newest_in_snapshot as (
    select edition_id, sheet, authority_id, max(start_date) as start_date
    from official.rows
    where family = 'snapshot'
    group by edition_id, sheet, authority_id
),

ours_alone as (
    select s.edition_id, s.sheet, v.authority_id, v.activity_id, if(v.framework_code in (from with_outcome), 'inspection', 'visit') as item
    from sheets s
    join core.activities v on list_contains(s.activity_kinds, v.activity_kind)
    join core.authorities a on a.authority_id = v.authority_id
    left join core.inspections i on i.inspection_id = v.activity_id
    left join newest_in_snapshot n on n.edition_id = s.edition_id and n.sheet = s.sheet and n.authority_id = v.authority_id
    where
        case s.family
            -- An authority that had ended has no row.
            when 'snapshot' then coalesce(a.valid_to_date, s.as_at_date) >= s.as_at_date
                and v.start_date > coalesce(n.start_date, v.start_date - 1)
                and coalesce(i.inspection_kind, '') <> 'other'
            when 'in_year' then v.start_date > s.as_at_date - interval 1 year and v.start_date <= s.as_at_date
            else true
        end
        and not exists (
            from told t
            where t.edition_id = s.edition_id and t.sheet = s.sheet and t.activity_id = v.activity_id
        )
)

select
    r.edition_id,
    r.sheet,
    r.row_id,
    c.cell,
    r.authority_id,
    t.activity_id,
    if(c.item in ('authority_name', 'la_code_gss', 'region'), null, t.framework_code) as framework_code,
    c.item,
    c.official_value,
    c.our_value,
    coalesce(lower(c.official_value) = lower(c.our_value), false) as is_equal,
    case when c.our_value is null then 'theirs only' when c.official_value is null then 'ours only' else 'both' end as side
from compared c
join official.rows r using (row_id)
left join told t using (row_id)
union all by name
select
    edition_id,
    sheet,
    row_id,
    coalesce(cells.start_date, cells.published_date) as cell,
    authority_id,
    activity_id,
    framework_code,
    item,
    coalesce(start_date, published_date)::varchar as official_value,
    if(activity_id is not null, official_value, null) as our_value,
    activity_id is not null as is_equal,
    if(activity_id is null, 'theirs only', 'both') as side
from told
union all by name
select
    o.edition_id,
    o.sheet,
    o.authority_id,
    o.activity_id,
    v.framework_code,
    o.item,
    v.start_date::varchar as our_value,
    false as is_equal,
    'ours only' as side
from ours_alone o
join core.activities v using (activity_id)
order by edition_id, sheet, row_id, item, activity_id
