-- @description: One row per event of an authority, in order: inspections with their grades, visits and joint inspections, mergers, splits and recodes.
-- @grain: authority_id, event_date, event, activity_id
-- @column: authority_id | The authority, as in core.authorities.
-- @column: provider_urn | URN of the authority; null for a former authority whose URN is not known.
-- @column: authority_name | Name of the authority.
-- @column: event_date | First day of the inspection or visit, or of the new arrangement.
-- @column: event | Name of the framework, or the change in words.
-- @column: inspection_kind | Kind of a graded inspection; null for visits and joint inspections; merge, split or recode for a change.
-- @column: overall | Grade for overall effectiveness; null where there is none.
-- @column: leaders | Grade for leadership.
-- @column: help_and_protection | Grade for help and protection.
-- @column: care | Grade for children looked after or in care.
-- @column: care_leavers | Grade for care leavers, where there is a separate one.
-- @column: adoption | Grade for adoption performance.
-- @column: lscb | Grade of the Local Safeguarding Children Board.
-- @column: published_date | Date of publication of the report or letter; null for a change.
-- @column: lead_inspector_name | As printed, several joined by "; "; null for a change and where nobody is named as the lead.
-- @column: inspection_id | The graded inspection; null for visits, joint inspections and changes.
-- @column: source_url | Address of the report; null for a change and where only a folder is known.
-- @column: activity_id | The inspection or visit, as in marts.all_activities; null for a change.
-- @column: activity_kind | What took place, as in core.activities; null for a change.
-- @column: theme_name | What a visit or joint inspection looked at, as in core.themes; null where the letter names none of them.
-- @column: outcome_code | The outcome of an inspection that ends in one instead of grades, as in core.outcomes.
-- @column: n_priority_actions | Areas for priority action, whoever they are for; null for a change and without a report.
-- @column: n_areas_for_improvement | Areas for improvement and recommendations, whoever they are for; null for a change and without a report.
-- @column: basis | report, or official statistics where no report in this warehouse tells of it; null for a change.
-- @column: event_date_basis | report, official statistics, or bound where the first day is reckoned as 62 days before publication, which is mostly some days too late.
-- @warning: Visits and joint inspections have no grades and change none: filter by inspection_id for graded inspections.
-- @warning: Grades until 2013 answer other questions on another scale: overall is that of child protection, or of services for looked after children, alone; help_and_protection and care are those of safeguarding and of looked after children of 2009 to 2012.
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
    from marts.all_judgements
    group by inspection_id
),

leads as (
    select activity_id, string_agg(name, '; ' order by ordinal) as lead_inspector_name
    from core.activity_people
    where role = 'lead_inspector'
    group by activity_id
),

items as (
    select
        activity_id,
        max(n_items) filter (where list = 'priority_action') as n_priority_actions,
        max(n_items) filter (where list = 'area_for_improvement') as n_areas_for_improvement
    from core.lists
    group by activity_id
),

events as (
    select
        v.authority_id,
        v.start_date as event_date,
        f.name as event,
        i.inspection_kind,
        g.* exclude (inspection_id),
        v.published_date,
        coalesce(c.lead_inspector_name, l.lead_inspector_name) as lead_inspector_name,
        i.inspection_id,
        r.source_url,
        v.activity_id,
        v.activity_kind,
        t.name as theme_name,
        v.outcome_code,
        if(v.report_id is not null, coalesce(n.n_priority_actions, 0), null) as n_priority_actions,
        if(v.report_id is not null, coalesce(n.n_areas_for_improvement, 0), null) as n_areas_for_improvement,
        v.basis,
        v.start_date_basis as event_date_basis
    from marts.all_activities v
    join core.frameworks f using (framework_code)
    left join core.reports r using (report_id)
    left join marts.all_inspections i on i.inspection_id = v.activity_id
    left join core.inspections c on c.inspection_id = v.activity_id
    left join grades g on g.inspection_id = v.activity_id
    left join core.themes t using (theme_code)
    left join leads l using (activity_id)
    left join items n using (activity_id)
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
    e.source_url,
    e.activity_id,
    e.activity_kind,
    e.theme_name,
    e.outcome_code,
    e.n_priority_actions,
    e.n_areas_for_improvement,
    e.basis,
    e.event_date_basis
from events e
join core.authorities a using (authority_id)
order by a.authority_name, e.authority_id, e.event_date, e.event, e.activity_id
