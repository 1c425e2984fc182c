-- @description: Every line of every page of every report, with the part it plays.
-- @grain: report_id, page_number, line_number
-- @column: report_id | The report, as in core.reports.
-- @column: page_number | Page, from 1.
-- @column: line_number | Place of the line on its page.
-- @column: text | The line's text.
-- @column: role | cover, running header, page number, contents, heading, paragraph, bullet, table, footnote and so on; unknown where no rule applies.
-- @column: paragraph_id | The paragraph it belongs to; null for other lines.
-- @column: x0 | Left edge in points from the page's left.
-- @column: top | Upper edge in points from the page's top.
-- @column: x1 | Right edge in points from the page's left.
-- @column: bottom | Lower edge in points from the page's top.
-- @column: font_name | Font of most of the line.
-- @column: font_size | Size of that font in points.
-- @prose: text
-- @unique: report_id, page_number, line_number
-- @not_null: report_id, page_number, line_number, text, role
-- @references: report_id | core.reports.report_id
-- @references: paragraph_id | core.paragraphs.paragraph_id
select
    report_id,
    page_number,
    line_number,
    text,
    role,
    paragraph_id,
    x0,
    top,
    x1,
    bottom,
    font_name,
    font_size
from staged.lines
order by report_id, page_number, line_number
