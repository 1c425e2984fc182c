-- @description: Every line has a role, and no two lines together that are set as running text are outside paragraphs and headings.
-- @table: quality.text_coverage
-- @severity: blocking
select report_id, 1 as page_number, n_stray_lines, n_words_in_file, n_words_accounted
from quality.text_coverage
where n_stray_lines > 0 or share_accounted < 0.999
