-- @sheet: Regions
-- @description: One row per region and judgement: how many authorities have which grade on the last day that reports are in, and for England.
-- @column: Region | One of the nine regions of the Office for National Statistics, or England.
-- @column: Judgement | The judgement, by its family.
-- @column: Counted on | The last day of publication of an inspection here.
-- @column: Outstanding | Authorities with this grade in force.
-- @column: Good | Authorities with this grade in force.
-- @column: Requires improvement | Authorities with this grade in force.
-- @column: Inadequate | Authorities with this grade in force.
-- @column: With a grade | Authorities with a grade: the share is of these.
-- @column: Authorities | Authorities there are.
-- @column: Good or outstanding % | Share of those with a grade, in whole per cent; empty where fewer than 90% of the authorities have one.
-- @column: Note | Why there is no share.
with last_day as (select max(published_date) as known_until from core.inspections)

select
    if(p.scope = 'England', 'England', p.region_name) as "Region",
    s.label as "Judgement",
    any_value(known_until) as "Counted on",
    coalesce(sum(p.n_authorities) filter (where p.grade_rank = 1), 0)::integer as "Outstanding",
    coalesce(sum(p.n_authorities) filter (where p.grade_rank = 2), 0)::integer as "Good",
    coalesce(sum(p.n_authorities) filter (where p.grade_rank = 3), 0)::integer as "Requires improvement",
    coalesce(sum(p.n_authorities) filter (where p.grade_rank = 4), 0)::integer as "Inadequate",
    max(p.n_graded) as "With a grade",
    max(p.n_existing) as "Authorities",
    if(bool_or(p.share_percent is not null), round(100.0 * ("Outstanding" + "Good") / max(p.n_graded)), null)::integer
        as "Good or outstanding %",
    any_value(p.share_note) filter (where p.grade_rank is not null) as "Note"
from last_day, position_as_at(last_day.known_until, published_by := last_day.known_until) p
join core.areas s using (area_code)
where p.scope in ('England', 'ONS region') and (s.is_overall or s.is_service)
group by p.scope, p.region_name, s.label, s.sort_order
order by p.scope, p.region_name, s.sort_order
