-- @description: The search index: what each term adds to the score of each paragraph that holds it, by BM25 (k1 = 1.2, b = 0.75).
-- @grain: term_id, paragraph_row
-- @column: term_id | The term, as in search.words.
-- @column: paragraph_row | The rowid of the paragraph in core.paragraphs of this file.
-- @column: score | What the term adds: more for a rare term, for a paragraph that repeats it, and for a short paragraph.
-- @not_null: term_id, paragraph_row, score
-- @warning: A rowid means nothing outside this file; search_paragraphs gives the paragraph_id.

-- In steps, each a table that is gone with the build: as parts of one query they would be in memory together.

create or replace table steps.written_terms as
select w.written, t.term_id
from steps.written_words w
join search.words t using (word);

create or replace table steps.occurrences as
select t.term_id, w.paragraph_row, count(*)::integer as n_times
from (
    select
        rowid as paragraph_row,
        unnest(string_split(text, ' ')) as written
    from core.paragraphs
) w
join steps.written_terms t using (written)
group by t.term_id, w.paragraph_row;

create or replace table steps.lengths as
select paragraph_row, sum(n_times)::integer as length
from steps.occurrences
group by paragraph_row;

with whole as (
    select count(*) as n_paragraphs, avg(length) as mean_length
    from steps.lengths
),

rarity as (
    select term_id, log(1 + (any_value(n_paragraphs) - count(*) + 0.5) / (count(*) + 0.5)) as weight
    from steps.occurrences, whole
    group by term_id
)

select
    o.term_id,
    o.paragraph_row,
    (r.weight * o.n_times * 2.2 / (o.n_times + 1.2 * (0.25 + 0.75 * l.length / w.mean_length)))::float as score
from steps.occurrences o
join rarity r using (term_id)
join steps.lengths l using (paragraph_row)
cross join whole w
order by o.term_id, o.paragraph_row
