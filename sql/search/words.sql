-- @description: One row per word of the paragraphs, with its stem: a search for "interview" finds "interviews" in any DuckDB client.
-- @grain: word
-- @column: word | The word in lower case, without accents; of hyphenated words each part, and the solid form (well, being, wellbeing).
-- @column: term | Its stem, by the English Snowball stemmer.
-- @column: term_id | Number of the term in alphabetical order, as in search.postings.
-- @unique: word
-- @not_null: word, term, term_id
-- @warning: The words of search.stop_words are left out.

-- Each distinct text between two spaces is split once: a word with punctuation ("plans,"), or hyphenated words.
-- search.postings reads these too. Reports write both "well-being" and "wellbeing"; five times a hyphen is U+2011.
create or replace temp table written_words as
select
    written,
    unnest(
        list_concat(
            regexp_extract_all(plain, '[a-z0-9]+'),
            regexp_extract_all(
                replace(array_to_string(regexp_extract_all(plain, '[a-z0-9]+(?:-[a-z0-9]+)+'), ' '), '-', ''), '[a-z0-9]+'
            )
        )
    ) as word
from (
    select written, translate(lower(strip_accents(written)), '‐‑', '--') as plain
    from (
        select distinct unnest(string_split(text, ' ')) as written
        from core.paragraphs
    ) every_one
) plainly_written;

select word, term, dense_rank() over (order by term)::integer as term_id
from staged.word_stems
where word not in (select word from search.stop_words)
order by word
