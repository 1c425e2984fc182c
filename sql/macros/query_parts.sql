-- @description: One row per part of a search: a phrase in quotes, or a word: query_parts('"edge of care" placements -fostering').
-- @grain: part
-- @parameter: query | As for search_paragraphs.
-- @column: part | What is asked in lower case without accents; in quotes if it is a phrase, after a minus if it is excluded.
-- @column: asked | The same without quotes and minus.
-- @column: written | The part of the query from which it comes, as it stands there.
-- @column: is_phrase | Whether it stands in quotes: its words next to one another, in their order, with their endings.
-- @column: is_excluded | Whether paragraphs that hold it are left out: it follows a minus or NOT in capitals.
-- @column: is_stop_word | Whether it has only words of search.stop_words: search_paragraphs passes over it.
-- @warning: A quotation mark without its partner is punctuation, and so is a minus before a space.
create or replace macro query_parts(query) as table
with parts_written as (
    select unnest(regexp_extract_all(translate(query, '“”‐‑', '""--'), '(?:NOT\s+|-)?(?:"[^"]*"|[^\s"]+)')) as written
),

parts_plain as (
    select
        written,
        ends_with(written, '"') as is_phrase,
        regexp_matches(written, '^(NOT\s|-)') as is_excluded,
        regexp_extract_all(
            lower(strip_accents(regexp_replace(written, '^(NOT\s+|-)', ''))), '[a-z0-9]+(?:-[a-z0-9]+)*'
        ) as words
    from parts_written
),

parts_asked as (
    select
        written, is_phrase, is_excluded, unnest(case when is_phrase then [array_to_string(words, ' ')] else words end) as asked
    from parts_plain
)

select
    (case when is_excluded then '-' else '' end) || (case when is_phrase then '"' || asked || '"' else asked end) as part,
    asked,
    any_value(written) as written,
    is_phrase,
    is_excluded,
    list_has_all(any_value(s.words), regexp_extract_all(asked, '[a-z0-9]+')) as is_stop_word
from parts_asked, (select list(word) as words from search.stop_words) s
where asked <> ''
group by asked, is_phrase, is_excluded
order by part
