-- @description: One row per visit or joint inspection since $since, of one $authority (its authority_id) and on one $theme (a theme_code, or part of a theme's name), or all, latest first.
select
    authority_name,
    start_date,
    end_date,
    activity_kind,
    theme_name,
    outcome_code,
    lead_inspector_name,
    n_priority_actions,
    n_areas_for_improvement,
    overall_grade as grade_at_the_time,
    published_date,
    source_url,
    report_id
from marts.visits_between_inspections
where
    ($authority::varchar is null or authority_id = $authority::varchar)
    and ($theme::varchar is null or theme_code = $theme::varchar or contains(lower(theme_name), lower($theme::varchar)))
    and ($since::date is null or start_date >= $since::date)
order by start_date desc, authority_name, activity_kind, report_id
