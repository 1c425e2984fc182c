-- @description: One row: how much of the text is in lines with a known role.
select
    coalesce(sum(n_words_accounted) / nullif(sum(n_words_in_file), 0), 1) as share_accounted,
    coalesce(min(share_accounted), 1) as lowest_share_accounted
from quality.text_coverage
