-- @description: Every inspection, visit, joint inspection and change of each authority, in order.
select
    a.page,
    t.event_date,
    t.event_date_basis,
    t.event,
    t.activity_kind,
    p.sort_order,
    t.published_date,
    t.basis,
    t.n_priority_actions,
    t.n_areas_for_improvement,
    coalesce(t.theme_name, o.label) as about,
    v.report_id,
    -- Of inspections before 2013 no sentence tells the grades.
    nullif(concat_ws(
        '; ',
        if(h.inspection_id is null, 'overall ' || replace(t.overall, '_', ' '), null),
        if(h.inspection_id is null, 'help and protection ' || replace(t.help_and_protection, '_', ' '), null),
        if(h.inspection_id is null, 'care ' || replace(t.care, '_', ' '), null),
        n.found
    ), '') as found
from marts.authority_timeline t
join site_authorities a using (authority_id)
left join marts.all_activities v using (activity_id)
left join core.frameworks p using (framework_code)
left join core.outcomes o on o.framework_code = v.framework_code and o.outcome_code = v.outcome_code
left join site_news n using (activity_id)
left join (select distinct inspection_id from marts.judgement_history) h on h.inspection_id = t.inspection_id
order by a.page, t.event_date, t.event, t.activity_id
