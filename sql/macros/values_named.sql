-- @description: One row per value that a text may mean, as filters of commands and macros understand it: values_named('authority', 'st helens').
-- @grain: value
-- @parameter: kind | What it is a value of, as in search.names.
-- @parameter: text | A name, a code, or a part of a name; null for none.
-- @column: value | What the tables hold, as in search.names.
-- @column: label | The value as lists write it.
-- @column: is_only_similar | Whether no name holds the text, and this is one of the five most similar.
-- @warning: A whole name goes before a part of one: York is York. Case, accents, spaces and punctuation do not matter, & is and, Saint is St, Kent County Council is Kent, and the City of York is York.
-- @warning: Several rows where a part is in several names, and none where not even a similar one is known.
create or replace macro values_named(kind, text) as table
with names_written as (
    select n.value, n.label, n.name, n.is_part_enough, n.is_current
    from search.names n
    where n.kind = kind
    union all
    select null, null, text, null, null
),

names_signless as (
    select
        * exclude (name),
        regexp_replace(
            replace(regexp_replace(lower(strip_accents(name)), '[''’`]', '', 'g'), '&', ' and '), '[^a-z0-9]+', ' ', 'g'
        ) as name
    from names_written
),

-- Kent County Council and Kent County are Kent, the London Borough of Barnet is Barnet, the City of York is York, County
-- Durham is Durham, and "Bristol, City of" is Bristol.
names_plain as (
    select
        * exclude (name),
        regexp_replace(
            regexp_replace(trim(name), '\bsaint\b', 'st', 'g'),
            '^(the )?(((london|royal|metropolitan) )?borough|city|county) of |^county |( metropolitan)?( (county|city|borough|district))? council$|'
            || ' (county|city)( of)?$', '', 'g'
        ) as plain
    from names_signless
),

candidates as (
    -- Codes with figures are like one another and mean different things.
    select
        n.value,
        n.label,
        bool_or(n.plain = t.plain) as is_whole,
        bool_or(n.is_part_enough and contains(n.plain, t.plain)) as is_part,
        bool_or(n.is_current) as is_current,
        max(case when n.is_part_enough or not regexp_matches(n.plain, '[0-9]') then jaro_winkler_similarity(n.plain, t.plain) end) as similarity
    from names_plain n
    join names_plain t on t.value is null and t.plain <> ''
    where n.value is not null
    group by n.value, n.label
),

ranked as (
    select
        *,
        case
            when is_whole and is_current then 1
            when is_whole then 2
            when is_part then 3
            when similarity > 0.8 then 4
        end as rank
    from candidates
),

best as (
    select *, row_number() over (order by similarity desc, label, value) as similarity_rank
    from ranked
    where rank is not null
    qualify rank = min(rank) over ()
)

select value, label, rank = 4 as is_only_similar
from best
where rank < 4 or similarity_rank <= 5
order by case when rank = 4 then similarity_rank end, label, value
