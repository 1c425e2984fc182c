-- @description: One row per dated event, for event studies: every grade given, and every beginning and end of an authority.
-- @grain: authority_id, event_date, event, area_code
-- @column: authority_id | The authority, as in core.authorities.
-- @column: la_code_gss | GSS code in force on the day.
-- @column: authority_name | Name of the authority.
-- @column: event_date | First day of the inspection or of the authority, or the day after the authority's last.
-- @column: event_date_basis | report, official statistics, or bound where the first day is reckoned from the date of publication; null for a beginning or end.
-- @column: known_date | Date of publication, when others could know; the event_date for a beginning or end.
-- @column: event | first grade, improved, declined, same, not comparable, authority began or authority ended.
-- @column: area_code | Family of the judgement; null for a beginning or end.
-- @column: grade | The grade given.
-- @column: previous_grade | The grade before.
-- @column: n_inspections_skipped | Full inspections between the two grades that did not judge the family.
-- @column: n_steps | Steps up the scale; negative for steps down; null where the two are not comparable.
-- @column: framework_code | Framework of the inspection.
-- @column: is_break_in_series | Whether the two grades are for different judgements of one family.
-- @column: is_other_framework | Whether the grade before was given under another family of frameworks.
-- @column: inspection_id | The inspection; null for a beginning or end.
-- @column: basis | report, or official statistics where no report in this warehouse tells of the inspection; null for a beginning or end.
-- @not_null: authority_id, event_date, event
-- @warning: Each study chooses which day counts, inspection or publication: both are here. Where event_date_basis is bound only known_date is exact.
select
    h.authority_id,
    c.la_code_gss,
    h.authority_name,
    h.start_date as event_date,
    h.start_date_basis as event_date_basis,
    h.published_date as known_date,
    coalesce(h.change, 'first grade') as event,
    h.area_code,
    h.grade,
    h.previous_grade,
    h.n_inspections_skipped,
    h.n_steps,
    h.framework_code,
    h.is_break_in_series,
    h.is_other_framework,
    h.inspection_id,
    h.basis
from marts.judgement_history h
left join core.authority_codes c
    on
        c.authority_id = h.authority_id
        and coalesce(c.valid_from_date, date '0001-01-01') <= h.start_date
        and h.start_date <= coalesce(c.valid_to_date, date '9999-12-31')
union all by name
select
    authority_id,
    la_code_gss,
    authority_name,
    valid_from_date as event_date,
    valid_from_date as known_date,
    'authority began' as event
from core.authorities
where valid_from_date is not null
union all by name
select
    authority_id,
    la_code_gss,
    authority_name,
    valid_to_date + 1 as event_date,
    valid_to_date + 1 as known_date,
    'authority ended' as event
from core.authorities
where valid_to_date is not null
order by event_date, authority_name, area_code
