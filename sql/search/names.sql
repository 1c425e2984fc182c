-- @description: One row per name by which a filter of a command or a macro knows a value: values_named and filter_values read it.
-- @grain: kind, value, name
-- @column: kind | What it is a value of, as filters are called: authority, area, grade, framework, framework_family, activity_kind, theme, section, region, or ONS or Ofsted region.
-- @column: value | What the tables hold: an authority_id, a grade, a theme_code ...; of a framework its code, or its family for all of it.
-- @column: label | The value as lists of what is known write it.
-- @column: name | A name that means it. Case, accents, spaces and punctuation do not matter.
-- @column: is_part_enough | Whether a part of the name will do; codes, grades and former names must be whole.
-- @column: is_current | Whether the value is in use: under one name a current authority goes before a former one.
-- @column: position | Place of the value in a list of its kind.
-- @not_null: kind, value, label, name, is_part_enough, is_current
with names_given as (
    select
        'authority' as kind,
        authority_id as value,
        authority_name as label,
        authority_name as name,
        true as is_part_enough,
        is_current,
        null as position
    from core.authorities
    union all
    select 'authority', authority_id, authority_name, unnest([authority_id, provider_urn, la_code_gss, la_code_dfe]), false, is_current, null
    from core.authorities
    union all
    select 'authority', n.authority_id, a.authority_name, n.name, false, a.is_current, null
    from core.authority_names n
    join core.authorities a using (authority_id)
    union all
    select 'area', area_code, area_code, unnest([area_code, label]), true, true, sort_order
    from core.areas
    where is_series
    union all
    select 'grade', grade, grade, unnest([grade, label]), false, true, coalesce(grade_rank, 9)
    from core.grades
    union all
    select 'framework', framework_code, framework_code, unnest([framework_code, name]), true, true, sort_order
    from core.frameworks
    union all
    select 'framework', framework_family, framework_family, framework_family, false, true, min(sort_order)
    from core.frameworks
    group by framework_family
    union all
    select 'framework_family', framework_family, framework_family, framework_family, true, true, min(sort_order)
    from core.frameworks
    semi join core.judgement_areas using (framework_code)
    group by framework_family
    union all
    select 'activity_kind', activity_kind, activity_kind, activity_kind, true, true, min(sort_order)
    from core.frameworks
    group by activity_kind
    union all
    select 'theme', theme_code, name, name, true, true, null
    from core.themes
    union all
    select 'theme', theme_code, name, theme_code, false, true, null
    from core.themes
    union all
    select 'section', area_code, area_code, unnest([area_code, label]), false, true, sort_order
    from core.areas
    union all
    select 'section', judgement_code, judgement_code, unnest([judgement_code, label]), false, true, 100
    from core.judgement_areas
    union all
    select unnest(['region', 'ONS or Ofsted region']), region_name, region_name, region_name, true, true, null
    from core.regions
    union all
    select unnest(['region', 'ONS or Ofsted region']), region_name, region_name, unnest([region_code_gss, region_code_short]), false, true, null
    from core.regions
    union all
    select 'ONS or Ofsted region', ofsted_region_name, ofsted_region_name, ofsted_region_name, true, true, null
    from core.authorities
)

select kind, value, label, name, bool_or(is_part_enough) as is_part_enough, is_current, min(position)::integer as position
from names_given
where name is not null
group by kind, value, label, name, is_current
order by kind, position, label, value, name
