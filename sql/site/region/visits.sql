-- @description: The latest visit or joint inspection of each kind of each authority of a region, with its theme or outcome.
select
    a.region_page as page,
    a.name,
    a.page as authority_page,
    split_part(p.name, ',', 1) as what,
    coalesce(t.name, o.label) as about,
    v.start_date,
    v.report_id
from marts.all_activities v
join site_authorities a using (authority_id)
join core.frameworks p using (framework_code)
left join core.themes t using (theme_code)
left join core.outcomes o on o.framework_code = v.framework_code and o.outcome_code = v.outcome_code
anti join marts.all_inspections i on i.inspection_id = v.activity_id
where a.is_current and a.region is not null and v.start_date_basis <> 'bound'
qualify row_number() over (partition by a.authority_id, v.activity_kind order by v.start_date desc, v.activity_id) = 1
order by a.region_page, a.name, v.start_date desc, what
