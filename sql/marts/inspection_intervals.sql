-- @description: One row per full inspection: the time to the authority's next, with the grade that may explain it.
-- @grain: inspection_id
-- @column: inspection_id | The inspection, as in core.inspections.
-- @column: authority_id | Authority inspected.
-- @column: authority_name | Name of the authority.
-- @column: framework_code | Framework of the inspection.
-- @column: inspection_kind | Kind of the inspection.
-- @column: start_date | First day of the inspection.
-- @column: overall_grade | Overall effectiveness; null since April 2026.
-- @column: worst_grade | Worst grade of any family then; it replaces overall since April 2026.
-- @column: next_start_date | First day of the next full inspection; null where none is known.
-- @column: days_to_next | Days from start_date to next_start_date; null where there is no next inspection.
-- @column: spans_pandemic | Whether the interval includes 17 March 2020 to 30 April 2021, when there were no routine inspections.
-- @unique: inspection_id
-- @not_null: inspection_id, authority_id, start_date
-- @warning: Open intervals have no days_to_next: an average over closed intervals is too short.
select
    f.inspection_id,
    f.authority_id,
    a.authority_name,
    f.framework_code,
    f.inspection_kind,
    f.start_date,
    any_value(j.grade) filter (where r.is_overall) as overall_grade,
    arg_max(j.grade, j.grade_rank) filter (where r.is_service) as worst_grade,
    f.next_start_date,
    f.next_start_date - f.start_date as days_to_next,
    f.start_date <= date '2020-03-17' and f.next_start_date >= date '2021-04-30' as spans_pandemic
from marts.full_inspections f
join core.authorities a using (authority_id)
left join marts.all_judgements j using (inspection_id)
left join core.areas r using (area_code)
group by all
order by a.authority_name, f.start_date
