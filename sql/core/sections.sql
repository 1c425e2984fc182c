-- @description: One row per heading of a report, in order.
-- @grain: section_id
-- @column: section_id | Key of the section.
-- @column: report_id | The report, as in core.reports.
-- @column: ordinal | Order of the section in its report.
-- @column: heading | The heading as written.
-- @column: level | Depth of the heading, from 1 at the top.
-- @column: part | Part of a combined report: authority, lscb or partnership; annex for what is said of the inspection itself, its team or the grades.
-- @column: judgement_code | Judgement that the section is about, its own or that of a heading above it; null for other sections.
-- @column: grade | Grade given for that judgement, by the heading or else by the report; null where there is none.
-- @column: page_number | Page of the heading, from 1.
-- @column: area_code | Family of that judgement; null where there is none.
-- @unique: section_id
-- @unique: report_id, ordinal
-- @not_null: section_id, report_id, ordinal, heading, level, part, page_number
-- @references: report_id | core.reports.report_id
-- @references: grade | core.grades.grade
select s.*, m.area_code
from staged.sections s
join staged.reports r using (report_id)
left join core.judgement_areas m on m.framework_code = r.framework_code and m.judgement_code = s.judgement_code
order by s.report_id, s.ordinal
