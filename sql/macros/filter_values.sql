-- @description: One row per value that a filter asks for, and an error that says what is known where there is no such value: filter_values('grade', 'Requires improvement').
-- @grain: value
-- @parameter: kind | What it is a value of, as in search.names.
-- @parameter: text | As for values_named; null, for no filter, gives no row.
-- @column: value | What the tables hold, as in search.names.
-- @column: label | The value as lists write it.
-- @warning: A part that several names hold means all of them.
create or replace macro filter_values(kind, text) as table
with found as (from values_named(kind, text)),

nearest as (select count(*) as n, string_agg(label, ', ') as labels from found),

known as (
    select string_agg(label, '; ' order by position, label) as labels, count(*) as n
    from (select n.label, min(n.position) as position from search.names n where n.kind = kind group by n.label) every_one
)

select f.value, f.label
from found f
where not f.is_only_similar
union all
select
    error(
        'There is no ' || replace(kind, '_', ' ') || ' ''' || text || '''.'
        || case when s.n > 0 then ' Did you mean ' || s.labels || '?' else '' end
        || case when k.n between 1 and 40 then ' Known: ' || k.labels || '.' else '' end
    ),
    null
from nearest s, known k
where text is not null and not exists (from found f where not f.is_only_similar)
