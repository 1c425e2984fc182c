-- @description: One row per full inspection: the time to the authority's next, with the grade that may explain it, and how the interval ended.
-- @grain: inspection_id
-- @column: inspection_id | The inspection, as in marts.full_inspections.
-- @column: basis | report, or official statistics where no report in this warehouse tells of it.
-- @column: authority_id | Authority inspected.
-- @column: authority_name | Name of the authority.
-- @column: framework_code | Framework of the inspection.
-- @column: inspection_kind | Kind of the inspection.
-- @column: start_date | First day of the inspection.
-- @column: start_date_basis | report, official statistics, or bound where it is reckoned from the date of publication.
-- @column: overall_grade | Overall effectiveness; null since April 2026.
-- @column: worst_grade | Worst grade of any family then; it replaces overall since April 2026.
-- @column: next_inspection_id | The next full inspection; null where none is known.
-- @column: next_start_date | First day of the next full inspection; null where none is known.
-- @column: next_start_date_basis | The same as start_date_basis for next_start_date.
-- @column: days_to_next | Days from start_date to next_start_date; null where there is no next inspection, or one of the two days is a bound.
-- @column: end_reason | inspected; censored_open where the authority still waits; censored_authority_ended where it ended first.
-- @column: is_censored | Whether the interval had no next inspection when the record ends.
-- @column: censor_date | The last day without a next inspection: the last day on which this warehouse has a graded inspection published, or, where official statistics alone tell of the inspection, the date of their edition; the authority's last day where it ended; null where there was a next.
-- @column: n_days | Days from start_date to next_start_date or censor_date; null where one of the days is a bound.
-- @column: spans_pandemic | Whether the interval, ended or not, includes 17 March 2020 to 30 April 2021, when there were no routine inspections.
-- @unique: inspection_id
-- @not_null: inspection_id, basis, authority_id, start_date, start_date_basis, end_reason, is_censored
-- @warning: Open intervals have no days_to_next: an average over closed intervals is too short. n_days with is_censored serves survival methods.
-- @warning: An inspection that began shortly before that last day of publication is not published yet: such an interval counts as open.
with last_days as (
    select
        i.inspection_id,
        -- Where no report of the authority's latest inspection is held, a later one's would not be either. Letters about
        -- visits move no interval.
        coalesce(e.as_at_date, (select max(published_date) from core.inspections)) as known_until
    from marts.all_inspections i
    left join official.editions e using (edition_id)
),

grades as (
    select
        j.inspection_id,
        any_value(j.grade) filter (where r.is_overall) as overall_grade,
        arg_max(j.grade, j.grade_rank) filter (where r.is_service) as worst_grade
    from marts.all_judgements j
    join core.areas r using (area_code)
    group by j.inspection_id
),

ended as (
    select
        f.*,
        a.authority_name,
        f.next_inspection_id is null as is_censored,
        case
            when f.next_inspection_id is not null then 'inspected'
            when a.valid_to_date <= l.known_until then 'censored_authority_ended'
            else 'censored_open'
        end as end_reason,
        -- A report without a date of publication may be later than every other.
        case
            when f.next_inspection_id is null then greatest(least(a.valid_to_date, l.known_until), f.start_date)
        end as censor_date,
        'bound' in (f.start_date_basis, coalesce(f.next_start_date_basis, '')) as is_bound
    from marts.full_inspections f
    join core.authorities a using (authority_id)
    join last_days l using (inspection_id)
)

select
    e.inspection_id,
    e.basis,
    e.authority_id,
    e.authority_name,
    e.framework_code,
    e.inspection_kind,
    e.start_date,
    e.start_date_basis,
    g.overall_grade,
    g.worst_grade,
    e.next_inspection_id,
    e.next_start_date,
    e.next_start_date_basis,
    if(e.is_bound, null, e.next_start_date - e.start_date) as days_to_next,
    e.end_reason,
    e.is_censored,
    e.censor_date,
    if(e.is_bound, null, coalesce(e.next_start_date, e.censor_date) - e.start_date) as n_days,
    e.start_date <= date '2020-03-17' and coalesce(e.next_start_date, e.censor_date) >= date '2021-04-30' as spans_pandemic
from ended e
left join grades g using (inspection_id)
order by e.authority_name, e.start_date
