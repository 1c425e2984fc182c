-- @description: Every word of the paragraphs with its stem, so that a search for "interview" finds "interviews" in any DuckDB client.
-- @grain: word
-- @column: word | The word in small letters, without accents.
-- @column: term | Its stem, by the English Snowball stemmer.
-- @column: term_id | Number of the term, in the order of the terms; by it search.postings knows the term.
-- @unique: word
-- @not_null: word, term, term_id
-- @warning: Words that carry no meaning of their own (the, of, and ...) are left out, as are single letters.

-- What is written between two spaces is taken apart once: a word with its marks ("plans,"), or words with a hyphen.
-- search.postings goes on from these.
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
