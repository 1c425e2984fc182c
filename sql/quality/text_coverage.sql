-- @description: How much of each report's text stands in a line whose part is known.
-- @grain: report_id
-- @column: report_id | The report, as in core.reports.
-- @column: n_words_in_file | Words that the reader found in the file.
-- @column: n_words_accounted | Words of the lines that have a role other than unknown.
-- @column: share_accounted | The second over the first; 1 for a file without words.
-- @unique: report_id
-- @not_null: report_id, n_words_in_file, n_words_accounted, share_accounted
-- @references: report_id | core.reports.report_id
with accounted as (
    select report_id, sum(n_words)::integer as n_words
    from staged.lines
    where role <> 'unknown'
    group by report_id
)

select
    r.report_id,
    r.n_words_in_file,
    coalesce(a.n_words, 0) as n_words_accounted,
    if(r.n_words_in_file = 0, 1.0, coalesce(a.n_words, 0) / r.n_words_in_file) as share_accounted
from staged.reports r
left join accounted a using (report_id)
order by r.report_id
