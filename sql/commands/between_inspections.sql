-- @description: One row per visit, joint inspection and change of an authority ($authority is its authority_id), in order: what lies between its graded inspections.
select
    t.event_date,
    t.event,
    coalesce(t.theme_name, o.label) as about,
    t.n_priority_actions,
    t.n_areas_for_improvement,
    t.published_date,
    t.lead_inspector_name,
    coalesce(a.report_id, nullif(t.basis, 'report')) as report
from marts.authority_timeline t
left join marts.all_activities a using (activity_id)
left join core.outcomes o on o.framework_code = a.framework_code and o.outcome_code = t.outcome_code
where t.authority_id = $authority and t.inspection_id is null
order by t.event_date, t.event
