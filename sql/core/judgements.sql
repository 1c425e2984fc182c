-- @description: One row per judgement in an inspection.
-- @grain: inspection_id, judgement_code
-- @column: inspection_id | The inspection, as in core.inspections.
-- @column: judgement_code | What was judged.
-- @column: area_code | Family of the judgement, for comparing frameworks.
-- @column: grade | One of core.grades.grade. Never null: a report with a grade that can't be read is quarantined.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: grade_as_written | The grade in the report's words.
-- @column: label_as_written | The judgement in the report's words.
-- @column: page_number | Page of the grade, from 1.
-- @column: x0 | Left edge of the grade, in points from the page's left.
-- @column: top | Upper edge of the grade, in points from the page's top.
-- @column: x1 | Right edge of the grade, in points from the page's left.
-- @column: bottom | Lower edge of the grade, in points from the page's top.
-- @column: evidence | Where the grade stands: cover, sentence, closing table or heading.
-- @column: is_confirmed_by_heading | Whether a section heading states the same grade; null where none states one.
-- @unique: inspection_id, judgement_code
-- @not_null: inspection_id, judgement_code, area_code, grade, grade_as_written, page_number, evidence
-- @references: inspection_id | core.inspections.inspection_id
-- @references: grade | core.grades.grade
-- @warning: Grades before 2018 come from another framework; compare families by area_code.
-- @warning: Inspections from April 2026 have no overall effectiveness: the row does not exist.
select
    j.inspection_id,
    j.judgement_code,
    j.area_code,
    j.grade,
    g.grade_rank,
    j.grade_as_written,
    j.label_as_written,
    j.page_number,
    j.x0,
    j.top,
    j.x1,
    j.bottom,
    j.evidence,
    j.is_confirmed_by_heading
from staged.judgements j
left join staged.grades g using (grade)
order by j.inspection_id, j.judgement_code
