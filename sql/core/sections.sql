-- @description: The headings of every report, in order.
-- @grain: section_id
-- @column: section_id | Key of the section.
-- @column: report_id | The report, as in core.reports.
-- @column: ordinal | Place of the section in its report.
-- @column: heading | The heading as written.
-- @column: level | Depth of the heading, 1 outermost.
-- @column: part | Part of a combined report: authority or lscb.
-- @column: judgement_code | Judgement that the section reports on; null for other sections.
-- @column: grade | Grade that the heading states; null where it states none.
-- @column: page_number | Page of the heading, from 1.
-- @unique: section_id
-- @unique: report_id, ordinal
-- @not_null: section_id, report_id, ordinal, heading, level, part, page_number
-- @references: report_id | core.reports.report_id
-- @references: grade | core.grades.grade
select section_id, report_id, ordinal, heading, level, part, judgement_code, grade, page_number
from staged.sections
order by report_id, ordinal
