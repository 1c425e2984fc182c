-- @description: Every line of every report that is set as running text is in a paragraph or a heading, and every line has a role.
-- @table: quality.text_coverage
-- @severity: blocking
select c.report_id, l.page_number, l.line_number, l.role, left(l.text, 80) as text
from quality.text_coverage c
join core.lines l using (report_id)
where
    l.role = 'unknown'
    or (c.n_stray_lines > 0 and l.is_running_text and l.role not in ('paragraph', 'bullet', 'footnote', 'heading'))
