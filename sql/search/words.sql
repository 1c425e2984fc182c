-- @description: One row per word of the paragraphs, with its stem: a search for "interview" finds "interviews" in any DuckDB client.
-- @grain: word
-- @column: word | The word in lower case, without accents.
-- @column: term | Its stem, by the English Snowball stemmer.
-- @column: term_id | Number of the term in alphabetical order, as in search.postings.
-- @unique: word
-- @not_null: word, term, term_id
-- @warning: Stop words (the, of, and ...) and single letters are left out.

-- Each distinct text between two spaces is split once: a word with punctuation ("plans,"), or hyphenated words.
-- search.postings reads these too.
create or replace temp table written_words as
select
    written,
    unnest(regexp_extract_all(lower(strip_accents(written)), '[a-z0-9]+')) as word
from (
    select distinct unnest(string_split(text, ' ')) as written
    from core.paragraphs
) all_written;

select word, term, dense_rank() over (order by term)::integer as term_id
from staged.word_stems
where
    len(word) > 1
    and word not in (
        'an', 'and', 'are', 'as', 'at', 'be', 'been', 'but', 'by', 'for', 'from', 'had', 'has', 'have', 'if', 'in', 'into',
        'is', 'it', 'its', 'of', 'on', 'or', 'so', 'such', 'than', 'that', 'the', 'their', 'them', 'then', 'there', 'these',
        'they', 'this', 'those', 'to', 'was', 'were', 'when', 'where', 'which', 'while', 'who', 'will', 'with', 'would'
    )
order by word
