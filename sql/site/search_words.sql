-- @description: One row: every word of the index in order, after each other the differences between the numbers of their terms, and the spellings with hyphens.
select
    string_agg(word, ' ' order by word) as words,
    string_agg(difference_as_text(difference), '' order by word) as terms,
    string_agg(hyphenated, ' ' order by word) as hyphenated
from (
    select word, hyphenated, term_id - lag(term_id, 1, 0) over (order by word) as difference
    from search.words
) in_order
