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
    coalesce(
        n.found,
        nullif(concat_ws(
            '; ',
            'overall ' || replace(t.overall, '_', ' '),
            'help and protection ' || replace(t.help_and_protection, '_', ' '),
            'care ' || replace(t.care, '_', ' ')
        ), '')
    ) as found
from marts.authority_timeline t
join site_authorities a using (authority_id)
left join marts.all_activities v using (activity_id)
left join core.frameworks p using (framework_code)
left join core.outcomes o on o.framework_code = v.framework_code and o.outcome_code = v.outcome_code
left join site_news n using (activity_id)
order by a.page, t.event_date, t.event, t.activity_id
