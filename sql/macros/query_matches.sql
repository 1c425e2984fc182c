-- @description: One row per part of a search and paragraph that holds it, with how often.
-- @grain: part, paragraph_row
-- @parameter: query | As for search_paragraphs.
-- @column: part | The part, as in query_parts. Stop words have no rows.
-- @column: paragraph_row | The rowid of the paragraph in core.paragraphs of this file.
-- @column: n_times | How often the paragraph holds it, from 1.
-- @warning: A word that no paragraph holds matches the words that begin with it. A hyphenated word matches its solid form and its parts next to one another; a solid word matches what is also written with hyphens.
create or replace macro query_matches(query) as table
with parts_searched as (
    from query_parts(query)
    where not is_stop_word
),

-- A word that no paragraph holds matches the words that begin with it: "interview" where all say "interviews".
-- The index holds a hyphenated word in its solid form, too.
terms_of_words as (
    select distinct p.part, coalesce(w.term_id, b.term_id) as term_id
    from (select part, replace(asked, '-', '') as word from parts_searched where not is_phrase) p
    left join search.words w using (word)
    left join search.words b on w.term is null and len(p.word) > 3 and starts_with(b.word, p.word)
),

-- What the index can't tell is read in the text: whether words stand next to one another.
parts_in_text as (
    select part, is_phrase, asked, regexp_extract_all(asked, '[a-z0-9]+-?') as words
    from parts_searched
    where is_phrase or contains(asked, '-')
),

words_in_text as (
    select t.part, t.is_phrase, t.position, t.word, t.is_joined, w.term_id, w.hyphenated,
        lead(t.word) over (partition by t.part order by t.position) as next_word
    from (
        select
            part,
            is_phrase,
            rtrim(unnest(words), '-') as word,
            ends_with(unnest(words), '-') as is_joined,
            generate_subscripts(words, 1) as position
        from parts_in_text
    ) t
    left join search.words w on w.word = rtrim(t.word, '-')
),

-- Two words of a phrase that some paragraph joins by a hyphen are one word, too.
joined_words as (
    select t.part, t.position, w.term_id
    from words_in_text t
    join search.words w on w.word = t.word || t.next_word and w.hyphenated = t.word || '-' || t.next_word
    where t.is_phrase
),

-- Outside quotes endings do not matter: every word with the stem.
stem_spellings as (
    select t.part, t.position, coalesce(string_agg(distinct w.word, '|'), any_value(t.word)) as spelling
    from words_in_text t
    left join search.words w using (term_id)
    where not t.is_phrase
    group by t.part, t.position
),

-- In quotes a hyphen may be missing, or stand where the query has none or a space: "wellbeing" finds "well-being", and
-- "well being", because somewhere that is written with a hyphen.
text_patterns as (
    select part, string_agg('(?:' || spelling || ')', '[^A-Za-z0-9]+' order by position) as pattern
    from stem_spellings
    group by part
    union all
    select
        t.part,
        string_agg(
            replace(regexp_replace(coalesce(t.hyphenated, t.word), '([a-z0-9])', '\1[-‐‑]?', 'g'), ']?-', ']?[^A-Za-z0-9]*')
            || case when t.next_word is null then '' else '[^A-Za-z0-9]' end
            || case when t.next_word is null then '' when t.is_joined or j.position is not null then '*' else '+' end,
            '' order by t.position
        )
    from words_in_text t
    left join joined_words j using (part, position)
    where t.is_phrase
    group by t.part
),

-- A paragraph is read only if it holds all words of a phrase; a solid form stands for as many as it has parts.
terms_in_text as (
    select part, term_id, max(n_words) as n_words
    from (
        select part, term_id, 1 as n_words
        from words_in_text
        union all
        select part, term_id, 2
        from joined_words
        union all
        select h.part, w.term_id, len(string_split(h.hyphenated, '-'))
        from (
            select part, unnest(regexp_extract_all(asked, '[a-z0-9]+(?:-[a-z0-9]+)+')) as hyphenated
            from parts_in_text
            where is_phrase
        ) h
        join search.words w on w.word = replace(h.hyphenated, '-', '')
    ) told
    group by part, term_id
),

words_to_hold as (
    select part, count(distinct coalesce(term_id::varchar, word)) as n_words
    from words_in_text
    where word not in (select word from search.stop_words)
    group by part
),

term_occurrences as (
    select term_id, paragraph_row, count(*) as n_times
    from search.postings
    where term_id in (select term_id from terms_of_words union all select term_id from terms_in_text)
    group by term_id, paragraph_row
),

texts_to_read as (
    select t.part, o.paragraph_row
    from terms_in_text t
    join term_occurrences o using (term_id)
    join words_to_hold s using (part)
    group by t.part, o.paragraph_row
    having sum(t.n_words) >= any_value(s.n_words)
),

index_matches as (
    select t.part, o.paragraph_row, sum(o.n_times) as n_times
    from terms_of_words t
    join term_occurrences o using (term_id)
    group by t.part, o.paragraph_row
),

-- Many paragraphs are read as one text, because DuckDB compiles a pattern for each text again, which takes longer than to
-- read a paragraph. Capitals are marks between its small letters: X ends a paragraph, Y is a match.
texts_joined as (
    select
        c.part,
        list(c.paragraph_row order by c.paragraph_row) as paragraph_rows,
        string_agg(lower(strip_accents(p.text)), ' X ' order by c.paragraph_row) as paragraphs
    from texts_to_read c
    anti join index_matches m using (part, paragraph_row)
    join core.paragraphs p on p.rowid = c.paragraph_row
    group by c.part, c.paragraph_row // 1000
),

texts_marked as (
    select
        t.part,
        unnest(t.paragraph_rows) as paragraph_row,
        unnest(string_split(regexp_replace(t.paragraphs, '\b(?:' || f.pattern || ')\b', 'Y', 'g'), 'X')) as marked
    from texts_joined t
    join text_patterns f using (part)
),

text_matches as (
    select part, paragraph_row, len(marked) - len(replace(marked, 'Y', '')) as n_times
    from texts_marked
)

select part, paragraph_row, n_times::integer as n_times
from (from index_matches union all from text_matches) matches
where n_times > 0
order by part, paragraph_row
