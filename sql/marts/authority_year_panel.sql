-- @description: A panel for modelling: one row per 31 March and authority that existed then, with its codes and grades in force.
-- @grain: reference_date, authority_id
-- @column: reference_date | 31 March of the year.
-- @column: year | The year of that date.
-- @column: authority_id | The authority, as in core.authorities: the same after a recode, different after a merger or split.
-- @column: la_code_gss | GSS code in force on the date.
-- @column: la_code_dfe | The Department for Education's code, current or last.
-- @column: provider_urn | URN of the authority; null for a former authority whose URN is not known.
-- @column: authority_name | Name of the authority.
-- @column: authority_type | London Borough, Metropolitan District, Unitary Authority or County: its current or last type.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: ofsted_region_name | One of Ofsted's eight regions.
-- @column: overall_rank | 1 (best) to 4, as at the date; null where there is none.
-- @column: leaders_rank | The same for leaders.
-- @column: help_and_protection_rank | The same for help and protection.
-- @column: care_rank | The same for care.
-- @column: care_leavers_rank | The same for care leavers, where judged separately.
-- @column: inspection_id | The full inspection that gave them; null before the first.
-- @column: framework_code | Framework of that inspection.
-- @column: inspection_number | 1 for the authority's first full inspection, and so on.
-- @column: start_date | First day of that inspection.
-- @column: days_since_inspection | Days from that day to the date.
-- @column: was_inspected_in_year | Whether that inspection began in the twelve months to the date; false before the first.
-- @unique: reference_date, authority_id
-- @not_null: reference_date, year, authority_id, la_code_gss, was_inspected_in_year
-- @warning: Counts inspections by their first day, whenever the report was published: what was true then, not what was known.
-- @warning: authority_type is the current one: a county that became a unitary authority is unitary in every year.
with dates as (
    select reference_date
    from core.reference_dates
    where month(reference_date) = 3
),

standing as (
    select
        d.reference_date,
        g.authority_id,
        any_value(g.inspection_id) as inspection_id,
        any_value(g.grade_rank) filter (where g.area_code = 'overall') as overall_rank,
        any_value(g.grade_rank) filter (where g.area_code = 'leaders') as leaders_rank,
        any_value(g.grade_rank) filter (where g.area_code = 'help_and_protection') as help_and_protection_rank,
        any_value(g.grade_rank) filter (where g.area_code = 'care') as care_rank,
        any_value(g.grade_rank) filter (where g.area_code = 'care_leavers') as care_leavers_rank
    from dates d, as_at(d.reference_date) g
    group by d.reference_date, g.authority_id
)

select
    d.reference_date,
    year(d.reference_date) as year,
    a.authority_id,
    c.la_code_gss,
    a.la_code_dfe,
    a.provider_urn,
    a.authority_name,
    a.authority_type,
    a.region_name,
    a.ofsted_region_name,
    s.overall_rank,
    s.leaders_rank,
    s.help_and_protection_rank,
    s.care_rank,
    s.care_leavers_rank,
    s.inspection_id,
    f.framework_code,
    f.inspection_number,
    f.start_date,
    d.reference_date - f.start_date as days_since_inspection,
    coalesce(f.start_date > d.reference_date - interval 1 year, false) as was_inspected_in_year
from dates d
join core.authorities a
    on
        coalesce(a.valid_from_date, date '0001-01-01') <= d.reference_date
        and d.reference_date <= coalesce(a.valid_to_date, date '9999-12-31')
join core.authority_codes c
    on
        c.authority_id = a.authority_id
        and coalesce(c.valid_from_date, date '0001-01-01') <= d.reference_date
        and d.reference_date <= coalesce(c.valid_to_date, date '9999-12-31')
left join standing s on s.reference_date = d.reference_date and s.authority_id = a.authority_id
left join marts.full_inspections f on f.inspection_id = s.inspection_id
order by d.reference_date, a.authority_name, a.authority_id
