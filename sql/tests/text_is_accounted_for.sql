-- @description: At least 999 of 1,000 words of every report are in lines with a known role.
-- @table: quality.text_coverage
-- @severity: warning
select report_id, 1 as page_number, n_words_in_file, n_words_accounted, share_accounted
from quality.text_coverage
where share_accounted < 0.999
