-- @description: One row per visit or joint inspection since $since, of one $authority (its authority_id), of one $kind, on one $theme (its theme_code) and in one $region (of ONS or Ofsted), or all, latest first.
select
    v.authority_name,
    v.region_name,
    v.start_date,
    v.end_date,
    v.activity_kind,
    v.theme_name,
    a.theme_as_written,
    v.outcome_code,
    v.lead_inspector_name,
    v.n_priority_actions,
    v.n_areas_for_improvement,
    v.overall_grade as grade_at_the_time,
    v.published_date,
    v.visit_basis,
    v.source_url,
    r.source_path,
    v.report_id
from marts.visits_between_inspections v
left join core.activities a using (activity_id)
left join core.authorities u on u.authority_id = v.authority_id
left join core.reports r on r.report_id = v.report_id
where
    ($authority::varchar is null or v.authority_id = $authority::varchar)
    and ($kind::varchar is null or v.activity_kind = $kind::varchar)
    and ($theme::varchar is null or v.theme_code = $theme::varchar)
    and ($region::varchar is null or $region::varchar in (v.region_name, u.ofsted_region_name))
    and ($since::date is null or v.start_date >= $since::date)
order by v.start_date desc, v.authority_name, v.activity_kind, v.report_id
