-- @description: Start and stop for survival models: one row per authority, family and interval from one full inspection to the next, with the grade held and what came of it.
-- @grain: authority_id, area_code, from_date
-- @column: authority_id | The authority, as in core.authorities: the cluster of its intervals.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: area_code | Family of the judgement: those of the authority itself that form one series.
-- @column: from_date | First day of the inspection that gave the grade; the interval starts.
-- @column: to_date | First day of the next full inspection, so that it is the next row's from_date; where censored, the last day on which the grade is known to have been held.
-- @column: n_days | Days from from_date to to_date.
-- @column: grade | The grade held.
-- @column: grade_rank | 1 (best) to 4.
-- @column: previous_grade | Grade in the family at the full inspection directly before; null where there was none, or it did not judge the family.
-- @column: event | improved, declined or same, as the next full inspection found; censored where it did not judge the family, or there was none.
-- @column: event_code | The same as a number for competing risks: 0 censored, 1 improved, 2 declined, 3 same.
-- @column: is_censored | Whether event is censored.
-- @column: end_reason | inspected, censored_open, censored_authority_ended or censored_no_longer_judged.
-- @column: framework_code | Framework of the inspection that gave the grade.
-- @column: is_other_framework | Whether the next full inspection was under another family of frameworks: a break; null where there was none.
-- @column: spans_pandemic | Whether the interval includes 17 March 2020 to 30 April 2021, when there were no routine inspections.
-- @column: inspection_id | The inspection that gave the grade, as in marts.full_inspections.
-- @column: next_inspection_id | The next full inspection; null where none is known.
-- @column: basis | report, or official statistics where no report in this warehouse tells of the inspection that gave the grade.
-- @unique: inspection_id, area_code
-- @not_null: authority_id, area_code, from_date, to_date, n_days, grade, event, event_code, is_censored, end_reason, spans_pandemic, inspection_id, basis
-- @warning: Four kinds of intervals are left out. Three have a first day that is a bound: from such an inspection to the next, from a known day to such an inspection, and from such an inspection to the end of the record. They are single inspections that Ofsted's edition of 2023 alone tells of. The fourth begins with not_judged.
-- @warning: An inspection is the only time when a grade can move, and poor grades are inspected again sooner: model the time to inspection and its result together, not the event alone.
-- @warning: No event ends a grade between inspections: to_date of an open interval is the censor_date of marts.inspection_intervals, and an inspection that began shortly before it is not published yet.
with intervals as (
    select
        i.*,
        h.area_code,
        h.grade,
        h.grade_rank,
        if(h.n_inspections_skipped = 0 and h.previous_grade <> 'not_judged', h.previous_grade, null) as previous_grade,
        case when n.change in ('improved', 'declined', 'same') then n.change else 'censored' end as event
    from marts.judgement_history h
    join core.areas s on s.area_code = h.area_code and s.is_series and s.is_of_authority
    join marts.inspection_intervals i using (inspection_id)
    left join marts.judgement_history n on n.inspection_id = i.next_inspection_id and n.area_code = h.area_code
    where h.grade_rank is not null and i.n_days is not null
),

ended as (
    select
        * exclude (end_reason),
        if(event <> 'censored', next_start_date, coalesce(censor_date, next_start_date - 1)) as to_date,
        if(event = 'censored' and next_start_date is not null, 'censored_no_longer_judged', end_reason) as end_reason
    from intervals
)

select
    e.authority_id,
    e.authority_name,
    a.region_name,
    e.area_code,
    e.start_date as from_date,
    e.to_date,
    e.to_date - e.start_date as n_days,
    e.grade,
    e.grade_rank,
    e.previous_grade,
    e.event,
    coalesce(list_position(['improved', 'declined', 'same'], e.event), 0) as event_code,
    e.event = 'censored' as is_censored,
    e.end_reason,
    e.framework_code,
    p.framework_family <> np.framework_family as is_other_framework,
    e.spans_pandemic,
    e.inspection_id,
    e.next_inspection_id,
    e.basis
from ended e
join core.authorities a using (authority_id)
join core.frameworks p using (framework_code)
left join marts.full_inspections f on f.inspection_id = e.next_inspection_id
left join core.frameworks np on np.framework_code = f.framework_code
-- Survival methods refuse an interval without length: of an inspection on the last day of the record.
where e.to_date > e.start_date
order by e.authority_name, e.authority_id, e.area_code, e.start_date
