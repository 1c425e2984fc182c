-- @description: One row per section that a filter asks for, and an error that says what is known where there is none: filter_sections('care leavers').
-- @grain: section_id
-- @parameter: text | A judgement or area, by its code or name, or else words that stand next to one another in the heading; null gives no row.
-- @column: section_id | The section, as in core.sections.
create or replace macro filter_sections(text) as table
with named as (
    select value
    from values_named('section', text)
    where not is_only_similar
),

headings_plain as (
    select section_id, regexp_replace(lower(strip_accents(heading)), '[^a-z0-9]+', ' ', 'g') as plain
    from core.sections
),

found as (
    select section_id
    from core.sections
    where judgement_code in (from named) or area_code in (from named)
    union all
    select section_id
    from headings_plain
    where
        not exists (from named)
        and regexp_matches(text, '[A-Za-z0-9]')
        and contains(plain, trim(regexp_replace(lower(strip_accents(text)), '[^a-z0-9]+', ' ', 'g')))
),

known as (
    select string_agg(label, '; ' order by position, label) as labels
    from (select n.label, min(n.position) as position from search.names n where n.kind = 'section' group by n.label) every_one
)

from found
union all
select error('There is no section ''' || text || ''', and no heading with these words. Known: ' || k.labels || '.')
from known k
where text is not null and not exists (from named) and not exists (from found)
