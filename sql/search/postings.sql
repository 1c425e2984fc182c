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

select t.term_id, w.paragraph_row::integer as paragraph_row
from (
    select
        rowid as paragraph_row,
        unnest(string_split(text, ' ')) as written
    from core.paragraphs
) w
join written_terms t using (written)
order by t.term_id, w.paragraph_row
