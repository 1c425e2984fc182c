-- @description: One row per section: its judgement and grade, or those of the nearest heading above it.
-- @grain: section_id
-- @column: section_id | The section, as in core.sections.
-- @column: judgement_code | The judgement that the section, or a heading above it, is about; null where there is none.
-- @column: area_code | Family of that judgement.
-- @column: grade | The grade given for that judgement; null where the report gives none.
-- @unique: section_id
-- @not_null: section_id
-- @references: section_id | core.sections.section_id
with ancestors as (
    select
        s.section_id,
        s.report_id,
        above.judgement_code,
        above.grade,
        row_number() over (partition by s.section_id order by above.ordinal desc) as distance
    from core.sections s
    join core.sections above
        on
            above.report_id = s.report_id
            and above.judgement_code is not null
            and (above.section_id = s.section_id or (above.ordinal < s.ordinal and above.level < s.level))
    where not exists (
        from core.sections between_them
        where
            between_them.report_id = s.report_id
            and between_them.ordinal > above.ordinal
            and between_them.ordinal < s.ordinal
            and between_them.level <= above.level
    )
)

select
    s.section_id,
    a.judgement_code,
    m.area_code,
    coalesce(a.grade, j.grade) as grade
from core.sections s
join core.reports r using (report_id)
left join ancestors a on a.section_id = s.section_id and a.distance = 1
left join core.judgement_areas m on m.framework_code = r.framework_code and m.judgement_code = a.judgement_code
left join core.inspections i on i.report_id = s.report_id
left join core.judgements j on j.inspection_id = i.inspection_id and j.judgement_code = a.judgement_code
order by s.section_id
