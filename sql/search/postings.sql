-- @description: The search index: one row per occurrence of a term in a paragraph. search_paragraphs scores them by BM25.
-- @grain: term_id, paragraph_row
-- @column: term_id | The term, as in search.words.
-- @column: paragraph_row | The rowid of the paragraph in core.paragraphs of this file.
-- @not_null: term_id, paragraph_row
-- @warning: A term that a paragraph repeats has one row per occurrence: count(distinct paragraph_row) counts paragraphs.
-- @warning: A rowid is valid in this file only; search_paragraphs gives the paragraph_id.

create or replace temp table written_terms as
select w.written, t.term_id
from written_words w
join search.words t using (word);

create or replace temp table word_ends as
select
    written,
    nullif(regexp_extract(plain, '(?:^|[^a-z0-9-])([a-z]+)$', 1), '') as last_word,
    nullif(regexp_extract(plain, '^([a-z]+)(?:[^a-z0-9-]|$)', 1), '') as first_word
from plain_words;

-- Two words that some paragraph joins by a hyphen have its solid form as a third term: "well being" is found by wellbeing.
select t.term_id, w.paragraph_row::integer as paragraph_row
from (
    select
        rowid as paragraph_row,
        unnest(string_split(text, ' ')) as written
    from core.paragraphs
) w
join written_terms t using (written)
union all
select t.term_id, w.paragraph_row::integer
from (
    select
        rowid as paragraph_row,
        unnest(string_split(text, ' ')) as written,
        unnest(string_split(text, ' ')[2:]) as following
    from core.paragraphs
) w
join word_ends o on o.written = w.written
join word_ends n on n.written = w.following
join search.words t on t.word = o.last_word || n.first_word and t.hyphenated = o.last_word || '-' || n.first_word
order by term_id, paragraph_row
