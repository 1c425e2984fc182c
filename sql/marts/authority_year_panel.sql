-- @description: A panel for modelling: one row per 31 March and authority that existed then, with its codes and grades in force.
-- @grain: reference_date, authority_id
-- @column: reference_date | 31 March of the year.
-- @column: year | The year of that date.
-- @column: authority_id | The authority, as in core.authorities: the same after a recode, different after a merger or split.
-- @column: la_code_gss | GSS code in force on the date.
-- @column: la_code_dfe | The Department for Education's code, current or last.
-- @column: provider_urn | URN of the authority; null for a former authority whose URN is not known.
-- @column: authority_name | Name of the authority.
-- @column: authority_type | London Borough, Metropolitan District, Unitary Authority or County, by the code in force on the date.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: ofsted_region_name | One of Ofsted's eight regions.
-- @column: overall_rank | 1 (best) to 4, as at the date; null where there is none.
-- @column: leaders_rank | The same for leaders.
-- @column: help_and_protection_rank | The same for help and protection.
-- @column: care_rank | The same for care.
-- @column: care_leavers_rank | The same for care leavers, where judged separately.
-- @column: inspection_id | The full inspection that gave them; null before the first.
-- @column: basis | report, or official statistics where no report in this warehouse tells of it.
-- @column: framework_code | Framework of that inspection.
-- @column: inspection_number | 1 for the authority's first full inspection, and so on.
-- @column: start_date | First day of that inspection.
-- @column: start_date_basis | report, official statistics, or bound where that day is reckoned from the date of publication.
-- @column: days_since_inspection | Days from that day to the date; null where it is a bound.
-- @column: was_inspected_in_year | Whether that inspection began in the twelve months to the date; false before the first; null where only its publication is known and it may have begun before them.
-- @column: is_missing_report | Whether quality.coverage names a full inspection of the authority whose grades would be in force and of which no report is held: then ranks are missing, or those of an earlier inspection.
-- @column: known_inspection_id | The full inspection in force by what was published up to the date's cut-off; null where none was.
-- @column: known_overall_rank | 1 (best) to 4, as known then; null where there is none.
-- @column: known_leaders_rank | The same for leaders.
-- @column: known_help_and_protection_rank | The same for help and protection.
-- @column: known_care_rank | The same for care.
-- @column: known_care_leavers_rank | The same for care leavers, where judged separately.
-- @unique: reference_date, authority_id
-- @not_null: reference_date, year, authority_id, la_code_gss, is_missing_report
-- @warning: Ranks without known_ count inspections by their first day, whenever the report was published: what was true then. Those with known_ are what was known then, by the cut-off of core.reference_dates.
-- @warning: Where is_missing_report is true, a rank that is missing or old is a gap in the warehouse, not a fact about the authority: leave the row out.
with dates as (
    select reference_date
    from core.reference_dates
    where month(reference_date) = 3
),

standing as (
    select d.reference_date, true as is_known_then, g.*
    from dates d, as_at(d.reference_date) g
    union all by name
    select d.reference_date, false as is_known_then, g.*
    from dates d, as_at(d.reference_date, published_by := date '9999-12-31') g
),

ranks as (
    select
        reference_date,
        is_known_then,
        authority_id,
        any_value(inspection_id) as inspection_id,
        any_value(grade_rank) filter (where area_code = 'overall') as overall_rank,
        any_value(grade_rank) filter (where area_code = 'leaders') as leaders_rank,
        any_value(grade_rank) filter (where area_code = 'help_and_protection') as help_and_protection_rank,
        any_value(grade_rank) filter (where area_code = 'care') as care_rank,
        any_value(grade_rank) filter (where area_code = 'care_leavers') as care_leavers_rank
    from standing
    group by reference_date, is_known_then, authority_id
)

select
    d.reference_date,
    year(d.reference_date) as year,
    a.authority_id,
    c.la_code_gss,
    a.la_code_dfe,
    a.provider_urn,
    a.authority_name,
    c.authority_type,
    a.region_name,
    a.ofsted_region_name,
    s.overall_rank,
    s.leaders_rank,
    s.help_and_protection_rank,
    s.care_rank,
    s.care_leavers_rank,
    s.inspection_id,
    f.basis,
    f.framework_code,
    f.inspection_number,
    f.start_date,
    f.start_date_basis,
    if(f.start_date_basis = 'bound', null, d.reference_date - f.start_date) as days_since_inspection,
    -- A first day reckoned from the publication may be four months late.
    case
        when f.start_date_basis = 'bound' and f.start_date - 120 <= d.reference_date - interval 1 year
            and f.start_date > d.reference_date - interval 1 year then null
        else coalesce(f.start_date > d.reference_date - interval 1 year, false)
    end as was_inspected_in_year,
    exists (
        from quality.coverage m
        where
            m.authority_id = a.authority_id
            and m.is_missing
            and m.known_by_date <= d.reference_date
            and coalesce(m.to_date, d.reference_date) >= d.reference_date
    ) as is_missing_report,
    k.inspection_id as known_inspection_id,
    k.overall_rank as known_overall_rank,
    k.leaders_rank as known_leaders_rank,
    k.help_and_protection_rank as known_help_and_protection_rank,
    k.care_rank as known_care_rank,
    k.care_leavers_rank as known_care_leavers_rank
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
left join ranks s on s.reference_date = d.reference_date and s.authority_id = a.authority_id and not s.is_known_then
left join ranks k on k.reference_date = d.reference_date and k.authority_id = a.authority_id and k.is_known_then
left join marts.full_inspections f on f.inspection_id = s.inspection_id
order by d.reference_date, a.authority_name, a.authority_id
