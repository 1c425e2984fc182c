-- @description: One row per spell in which an authority was inadequate in a family: when it was next inspected, the result, and how long until a better grade.
-- @grain: authority_id, area_code, from_date
-- @column: authority_id | The authority, as in core.authorities.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: area_code | Family of the judgement.
-- @column: inspection_id | The inspection that first found it inadequate, as in marts.full_inspections.
-- @column: basis | report, or official statistics where no report in this warehouse tells of that inspection.
-- @column: from_date | First day of that inspection.
-- @column: from_date_basis | report, official statistics, or bound where it is reckoned from the date of publication.
-- @column: next_start_date | First day of the next full inspection; null where there was none.
-- @column: next_start_date_basis | The same as from_date_basis for next_start_date.
-- @column: next_grade | Grade in the family then; null where it was not judged, or there was no inspection.
-- @column: days_to_next | Days from from_date to next_start_date; null where one of the two is a bound.
-- @column: better_date | First day of the inspection that gave a better grade; null until one has.
-- @column: better_date_basis | The same as from_date_basis for better_date.
-- @column: better_grade | The better grade.
-- @column: is_other_framework | Whether the better grade was given under another family of frameworks, a break in the series; null until then.
-- @column: days_to_better | Days from from_date to better_date; null until then, and where one of the two is a bound.
-- @column: n_inspections | Full inspections in a row that found it inadequate.
-- @column: end_reason | better, censored_open, censored_authority_ended or censored_no_longer_judged, as in marts.grade_spells.
-- @column: is_censored | Whether no better grade was given before the spell, or the record, ended.
-- @column: censor_date | The last day on which the grade is known to have been held, as in marts.grade_spells; null once better.
-- @column: n_days | Days from from_date to better_date or censor_date; null where one of the two is a bound.
-- @column: is_open | Whether the spell has not ended, as far as this warehouse shows.
-- @column: ended_with_authority | Whether the authority ended before it had a better grade.
-- @not_null: authority_id, area_code, basis, from_date, from_date_basis, n_inspections, end_reason, is_open, ended_with_authority
-- @warning: Open spells have no days_to_better yet: an average over closed spells is too short. n_days with is_censored serves survival methods.
-- @warning: Monitoring visits in between give no grade and do not count.
select
    s.authority_id,
    s.authority_name,
    a.region_name,
    s.area_code,
    s.inspection_id,
    s.basis,
    s.from_date,
    s.from_date_basis,
    i.next_start_date,
    i.next_start_date_basis,
    n.grade as next_grade,
    i.days_to_next,
    b.from_date as better_date,
    b.from_date_basis as better_date_basis,
    b.grade as better_grade,
    h.is_other_framework,
    if(s.end_reason = 'better', s.n_days, null) as days_to_better,
    s.n_inspections,
    s.end_reason,
    s.is_censored,
    s.censor_date,
    s.n_days,
    s.end_reason = 'censored_open' as is_open,
    s.end_reason = 'censored_authority_ended' as ended_with_authority
from marts.grade_spells s
join core.authorities a using (authority_id)
join core.areas c on c.area_code = s.area_code and c.is_series
join marts.inspection_intervals i using (inspection_id)
left join marts.all_judgements n on n.inspection_id = i.next_inspection_id and n.area_code = s.area_code
left join marts.grade_spells b
    on
        s.end_reason = 'better'
        and b.authority_id = s.authority_id
        and b.area_code = s.area_code
        and b.from_date = s.to_date + 1
left join marts.judgement_history h on h.inspection_id = b.inspection_id and h.area_code = b.area_code
where s.grade = 'inadequate'
order by s.authority_name, s.authority_id, s.area_code, s.from_date
