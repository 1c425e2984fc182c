-- @description: The paragraphs of every report as their authors wrote them, joined over lines and pages.
-- @grain: paragraph_id
-- @column: paragraph_id | Key of the paragraph.
-- @column: report_id | The report, as in core.reports.
-- @column: section_id | Section that it stands in; null before the first heading.
-- @column: ordinal | Place of the paragraph in its report.
-- @column: paragraph_number | Number in the report's one sequence; null where unnumbered.
-- @column: number_as_printed | The number as it stands on the page ("46.."), or the mark of a footnote; null without.
-- @column: kind | numbered, unnumbered, bullet, recommendation or footnote.
-- @column: text | The text, without running headers, page numbers or footnotes of other paragraphs.
-- @column: page_first | Page on which it begins, from 1.
-- @column: page_last | Page on which it ends.
-- @column: n_words | Words of the text.
-- @prose: text
-- @unique: paragraph_id
-- @unique: report_id, ordinal
-- @not_null: paragraph_id, report_id, ordinal, kind, text, page_first, page_last, n_words
-- @references: report_id | core.reports.report_id
-- @references: section_id | core.sections.section_id
-- @warning: Numbers have gaps where the report has them; the first reports of February 2014 have none at all.
-- @warning: A second report bound in the same file (Hull, February 2015) counts anew: its paragraphs have no
-- @warning: paragraph_number, only number_as_printed.
select paragraph_id, report_id, section_id, ordinal, paragraph_number, number_as_printed, kind, text,
    page_first, page_last, n_words
from staged.paragraphs
order by report_id, ordinal
