-- @description: One row per word of the paragraphs, with its stem: a search for "interview" finds "interviews" in any DuckDB client.
-- @grain: word
-- @column: word | The word in lower case, without accents; of hyphenated words each part, and the solid form (well, being, wellbeing).
-- @column: term | Its stem, by the English Snowball stemmer.
-- @column: term_id | Number of the term in alphabetical order, as in search.postings.
-- @column: hyphenated | The word as some paragraph writes it with hyphens (well-being); null where none does, and where a part is a number.
-- @unique: word
-- @not_null: word, term, term_id
-- @warning: The words of search.stop_words are left out.

-- Each distinct text between two spaces is split once: a word with punctuation ("plans,"), or hyphenated words.
-- search.postings reads these too. Reports write both "well-being" and "wellbeing"; five times a hyphen is U+2011.
create or replace temp table plain_words as
select
    written,
    plain,
    regexp_extract_all(plain, '[a-z0-9]+(?:-[a-z0-9]+)+') as hyphenated
from (
    select written, translate(lower(strip_accents(written)), '‐‑', '--') as plain
    from (
        select distinct unnest(string_split(text, ' ')) as written
        from core.paragraphs
    ) every_one
) plainly_written;

create or replace temp table written_words as
select
    written,
    unnest(list_concat(regexp_extract_all(plain, '[a-z0-9]+'), list_transform(hyphenated, h -> replace(h, '-', '')))) as word
from plain_words;

select s.word, s.term, dense_rank() over (order by s.term)::integer as term_id, h.hyphenated
from staged.word_stems s
left join (
    select replace(w.hyphenated, '-', '') as word, min(w.hyphenated) as hyphenated
    from (select unnest(hyphenated) as hyphenated from plain_words) w
    where regexp_full_match(w.hyphenated, '[a-z]+(-[a-z]+)+')
    group by word
) h using (word)
where s.word not in (select word from search.stop_words)
order by s.word
