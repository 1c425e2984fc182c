-- @description: One row per report: how much of its text is where it belongs.
-- @grain: report_id
-- @column: report_id | The report, as in core.reports.
-- @column: n_words_in_file | Words in the file.
-- @column: n_words_accounted | Words in lines with a role, stray lines aside.
-- @column: share_accounted | n_words_accounted divided by n_words_in_file; 1 for a file without words.
-- @column: n_stray_lines | Lines set as running text, two or more together, that are in no paragraph and no heading, the imprint aside.
-- @unique: report_id
-- @not_null: report_id, n_words_in_file, n_words_accounted, share_accounted, n_stray_lines
-- @references: report_id | core.reports.report_id
with outside as (
    select
        *,
        is_running_text
        and role not in ('paragraph', 'bullet', 'footnote', 'heading')
        -- A few reports set the imprint as large as the text; no other page has a copyright line.
        and not (
            role = 'boilerplate'
            and bool_or(role = 'boilerplate' and starts_with(text, '©')) over of_page
        )
        -- Entries of a contents list may wrap to wide lines, but every entry ends in its page number.
        and not (
            role = 'contents'
            and count(*) filter (where role = 'contents' and regexp_matches(text, '\d$')) over of_page >= 3
        ) as is_outside
    from staged.lines
    window of_page as (partition by report_id, page_number)
),

-- One such line may be the first of a wrapped entry of the contents, or a long name on a cover: two together are text.
placed as (
    select
        report_id,
        page_number,
        line_number,
        n_words,
        role = 'unknown' as is_unknown,
        is_outside and (
            coalesce(lag(is_outside) over lines_of_page, false) or coalesce(lead(is_outside) over lines_of_page, false)
        ) as is_stray
    from outside
    window lines_of_page as (partition by report_id, page_number order by line_number)
),

accounted as (
    select
        report_id,
        coalesce(sum(n_words) filter (where not is_unknown and not is_stray), 0)::integer as n_words,
        count(*) filter (where is_stray)::integer as n_stray_lines
    from placed
    group by report_id
)

select
    r.report_id,
    r.n_words_in_file,
    coalesce(a.n_words, 0) as n_words_accounted,
    if(r.n_words_in_file = 0, 1.0, coalesce(a.n_words, 0) / r.n_words_in_file) as share_accounted,
    coalesce(a.n_stray_lines, 0) as n_stray_lines
from staged.reports r
left join accounted a using (report_id)
order by r.report_id
