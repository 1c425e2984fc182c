-- @description: One row per event of an authority, in order: inspections with their grades, mergers, splits and recodes.
-- @grain: authority_id, event_date, event, inspection_id
-- @column: authority_id | The authority, as in core.authorities.
-- @column: provider_urn | URN of the authority; null for a former authority whose URN is not known.
-- @column: authority_name | Name of the authority.
-- @column: event_date | First day of the inspection, or of the new arrangement.
-- @column: event | Name of the framework, or the change in words.
-- @column: inspection_kind | Kind of the inspection; merge, split or recode for a change.
-- @column: overall | Grade for overall effectiveness; null where there is none.
-- @column: leaders | Grade for leadership.
-- @column: help_and_protection | Grade for help and protection.
-- @column: care | Grade for children looked after or in care.
-- @column: care_leavers | Grade for care leavers, where there is a separate one.
-- @column: adoption | Grade for adoption performance.
-- @column: lscb | Grade of the Local Safeguarding Children Board.
-- @column: published_date | Date of publication of the report; null for a change.
-- @column: lead_inspector_name | As printed; null for a change.
-- @column: inspection_id | The inspection; null for a change.
-- @column: source_url | Address of the report; null for a change and where only a folder is known.
-- @warning: All grades of 2013, overall too, are about services for looked after children only.
with grades as (
    select
        inspection_id,
        max(grade) filter (where area_code = 'overall') as overall,
        max(grade) filter (where area_code = 'leaders') as leaders,
        max(grade) filter (where area_code = 'help_and_protection') as help_and_protection,
        max(grade) filter (where area_code = 'care') as care,
        max(grade) filter (where area_code = 'care_leavers') as care_leavers,
        max(grade) filter (where area_code = 'adoption') as adoption,
        max(grade) filter (where area_code = 'lscb') as lscb
    from core.judgements
    group by inspection_id
),

events as (
    select
        i.authority_id,
        i.start_date as event_date,
        f.name as event,
        i.inspection_kind,
        g.* exclude (inspection_id),
        i.published_date,
        i.lead_inspector_name,
        i.inspection_id,
        r.source_url
    from core.inspections i
    join core.frameworks f using (framework_code)
    join core.reports r using (report_id)
    left join grades g using (inspection_id)
    union all by name
    select distinct
        k.authority_id,
        c.change_date as event_date,
        c.from_name || ' (' || c.from_gss || ') became ' || c.to_name || ' (' || c.to_gss || ')' as event,
        c.kind as inspection_kind
    from core.authority_changes c
    join core.authority_codes k on k.la_code_gss in (c.from_gss, c.to_gss)
)

select
    e.authority_id,
    a.provider_urn,
    a.authority_name,
    e.event_date,
    e.event,
    e.inspection_kind,
    e.overall,
    e.leaders,
    e.help_and_protection,
    e.care,
    e.care_leavers,
    e.adoption,
    e.lscb,
    e.published_date,
    e.lead_inspector_name,
    e.inspection_id,
    e.source_url
from events e
join core.authorities a using (authority_id)
order by a.authority_name, e.authority_id, e.event_date, e.event, e.inspection_id
