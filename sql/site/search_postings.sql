-- @description: One row per shard of the index, of similar size: its first term, and for each term in order the paragraphs that hold it, as text.
with paragraphs_counted as (
    select term_id, paragraph_row, count(*) as n_times
    from search.postings
    group by term_id, paragraph_row
),

paragraphs_passed as (
    select
        term_id,
        paragraph_row,
        n_times,
        paragraph_row - lag(paragraph_row, 1, -1) over (partition by term_id order by paragraph_row) - 1 as n_passed
    from paragraphs_counted
),

-- For each paragraph how many are passed over to reach it, doubled; one more where how often it holds the term follows.
terms_coded as (
    select
        term_id,
        string_agg(
            number_as_text(2 * n_passed + (n_times > 1)::integer)
            || case when n_times > 1 then number_as_text(n_times - 2) else '' end,
            '' order by paragraph_row
        ) as coded
    from paragraphs_passed
    group by term_id
),

terms_placed as (
    select term_id, coded, (sum(len(coded)) over (order by term_id) - len(coded)) * $n_shards // sum(len(coded)) over () as shard
    from terms_coded
)

select min(term_id) as first_term_id, list(coded order by term_id) as terms
from terms_placed
group by shard
order by first_term_id
