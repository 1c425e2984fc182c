-- @description: One row per judgement, with the overall effectiveness of the same inspection.
-- @grain: inspection_id, judgement_code
-- @column: inspection_id | The inspection, as in marts.full_inspections.
-- @column: basis | report, or official statistics where no report in this warehouse tells of it.
-- @column: authority_id | Authority inspected.
-- @column: authority_name | Name of the authority.
-- @column: framework_code | Framework of the inspection.
-- @column: start_date | First day of the inspection.
-- @column: is_latest | Whether no later full inspection of the authority is known.
-- @column: judgement_code | The judgement.
-- @column: area_code | Family of the judgement.
-- @column: grade | Grade of the judgement.
-- @column: overall_grade | The grade for overall effectiveness.
-- @column: steps_above_overall | Steps by which the judgement is better than overall; negative where it is worse; null where one was not judged.
-- @unique: inspection_id, judgement_code
-- @not_null: inspection_id, judgement_code, grade, overall_grade
-- @warning: Inspections from April 2026 have no row: they have no overall effectiveness.
select
    f.inspection_id,
    f.basis,
    f.authority_id,
    a.authority_name,
    f.framework_code,
    f.start_date,
    f.next_start_date is null as is_latest,
    j.judgement_code,
    j.area_code,
    j.grade,
    o.grade as overall_grade,
    o.grade_rank - j.grade_rank as steps_above_overall
from marts.full_inspections f
join core.authorities a using (authority_id)
join marts.all_judgements o using (inspection_id)
join core.areas oa on oa.area_code = o.area_code and oa.is_overall
join marts.all_judgements j on j.inspection_id = f.inspection_id
join core.areas ja on ja.area_code = j.area_code and not ja.is_overall
order by f.start_date, f.inspection_id, j.judgement_code
