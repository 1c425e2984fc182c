-- @description: The complete record: one row per grade, from the report, or from Ofsted's own statistics where no report is held.
-- @grain: inspection_id, judgement_code
-- @column: inspection_id | The inspection, as in marts.all_inspections.
-- @column: basis | report or official statistics.
-- @column: judgement_code | What was judged.
-- @column: area_code | Family of the judgement, as in core.areas.
-- @column: grade | The grade as a code.
-- @column: grade_rank | 1 (best) to 4; null for not_judged.
-- @column: grade_as_written | The grade in the report's words, or in Ofsted's.
-- @column: page_number | Page of the report; null where basis is official statistics.
-- @column: sheet | Sheet of the edition; null where basis is report.
-- @column: cell | Cell of that sheet.
-- @unique: inspection_id, judgement_code
-- @not_null: inspection_id, basis, judgement_code, area_code, grade, grade_as_written
-- @references: inspection_id | marts.all_inspections.inspection_id
-- @references: grade | core.grades.grade
-- @warning: Sheets print adequate, the third grade until 2013, as requires improvement to be good: here it is adequate again.
with told as (
    select
        a.activity_id as inspection_id,
        a.framework_code,
        g.*
    from official.activities a
    join official.grades g on list_contains(a.row_ids, g.row_id)
    join official.rows w on w.row_id = g.row_id
    join official.editions e on e.edition_id = w.edition_id
    where not a.has_report
    -- What the latest edition says of a grade counts.
    qualify row_number() over (
        partition by a.activity_id, g.area_code
        order by e.as_at_date desc, coalesce(e.issued_date, e.as_at_date) desc, w.family = 'history' desc, g.row_id desc
    ) = 1
)

select
    j.inspection_id,
    'report' as basis,
    j.judgement_code,
    j.area_code,
    j.grade,
    j.grade_rank,
    j.grade_as_written,
    j.page_number,
    null as sheet,
    null as cell
from core.judgements j
union all by name
select
    t.inspection_id,
    'official statistics' as basis,
    m.judgement_code,
    t.area_code,
    k.grade,
    k.grade_rank,
    t.grade_as_published as grade_as_written,
    t.sheet,
    t.cell
from told t
join core.judgement_areas m on m.framework_code = t.framework_code and m.area_code = t.area_code
join core.frameworks f on f.framework_code = t.framework_code
join core.grades as_told on as_told.grade = t.grade
-- The grade of that rank on the framework's own scale.
join core.grades k
    on
        k.grade_rank is not distinct from as_told.grade_rank
        and (k.grade_rank is null or list_contains(f.scale, k.grade))
order by inspection_id, judgement_code
