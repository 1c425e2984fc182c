-- @description: One row per report: how much of its text is in lines with a known role.
-- @grain: report_id
-- @column: report_id | The report, as in core.reports.
-- @column: n_words_in_file | Words in the file.
-- @column: n_words_accounted | Words in lines with a role other than unknown.
-- @column: share_accounted | n_words_accounted divided by n_words_in_file; 1 for a file without words.
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
