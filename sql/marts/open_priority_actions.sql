-- @description: One row per area for priority action of a visit or joint inspection that no later inspection has looked at since.
-- @grain: recommendation_id
-- @column: recommendation_id | The item, as in core.recommendations.
-- @column: activity_id | The visit or joint inspection, as in core.activities.
-- @column: authority_id | Authority in whose area it took place.
-- @column: authority_name | Name of the authority.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: activity_kind | What took place, as in core.activities.
-- @column: theme_name | What it looked at, as in core.themes; null where the letter names none of them.
-- @column: start_date | First day of the visit.
-- @column: published_date | Date of publication of the report or letter.
-- @column: text | The item with its sub-bullets.
-- @column: addressed_to | authority, lscb or partnership.
-- @column: responsible_bodies | Those that a table names beside the item, or else who must write the statement of action; empty where neither is told.
-- @column: days_open | Days from the last day of the visit to the last day of publication in this warehouse.
-- @column: known_until | That last day: what was published later is not known here.
-- @column: report_id | Its report or letter, as in core.reports.
-- @column: page_number | Page of the report or letter.
-- @column: page_url | Address of the report with the page; where it is not known, Ofsted's page about the authority.
-- @unique: recommendation_id
-- @not_null: recommendation_id, activity_id, authority_id, authority_name, activity_kind, start_date, text, addressed_to, responsible_bodies, days_open, known_until, report_id
-- @warning: Open means: no later inspection that would have looked at it is held here. Where inspections end in an outcome, as area SEND inspections do, that is a later one of the same kind; for all others, a later full inspection of the authority. What was done since is not told.
-- @warning: Actions of joint inspections that are for health or the police are closed by a full inspection of the authority, too, which does not look at them.
-- @warning: Priority actions of full inspections are not here: core.recommendations has them.
-- @warning: A later focused or monitoring visit closes nothing here, even if its letter says that the action was taken.
-- @warning: Areas of authorities that have ended are left out: their successors were inspected afresh.
with last_day as (
    select max(published_date) as known_until from core.reports
),

ending_in_outcomes as (
    select distinct f.activity_kind
    from core.outcomes
    join core.frameworks f using (framework_code)
),

last_of_kind as (
    select authority_id, activity_kind, max(start_date) as start_date
    from core.activities
    group by authority_id, activity_kind
)

select
    c.recommendation_id,
    c.activity_id,
    v.authority_id,
    a.authority_name,
    a.region_name,
    v.activity_kind,
    v.theme_name,
    v.start_date,
    v.published_date,
    c.text,
    c.addressed_to,
    case
        when len(c.responsible_bodies) > 0 then c.responsible_bodies
        else list_filter([s.responsible_body], lambda body: body is not null)
    end as responsible_bodies,
    d.known_until - v.end_date as days_open,
    d.known_until,
    v.report_id,
    p.page_first as page_number,
    coalesce(v.source_url || '#page=' || p.page_first, a.provider_url) as page_url
from core.recommendations c
join marts.visits_between_inspections v using (activity_id)
join core.authorities a on a.authority_id = v.authority_id and a.is_current
join core.paragraphs p using (paragraph_id)
left join core.next_steps s on s.activity_id = c.activity_id and s.kind = 'written_statement'
join last_of_kind k on k.authority_id = v.authority_id and k.activity_kind = v.activity_kind
cross join last_day d
where
    c.kind = 'priority_action'
    and if(
        v.activity_kind in (from ending_in_outcomes),
        k.start_date = v.start_date,
        v.next_start_date is null
    )
order by days_open desc, c.activity_id, c.ordinal
