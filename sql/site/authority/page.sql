-- @description: One page per authority: what it is, and when its next inspection is likely.
select
    a.*,
    d.first_date,
    d.last_date,
    p.name as framework,
    f.start_date,
    f.start_date_basis,
    f.published_date,
    f.inspection_kind,
    f.basis,
    f.report_id,
    c.lead_inspector_name,
    w.grade as window_grade,
    w.grade_basis as window_grade_basis,
    w.opens_date,
    w.expected_date,
    w.closes_date,
    w.expected_date < d.known_until as is_half_past,
    w.closes_date < d.known_until as is_past,
    w.n_intervals
from site_authorities a
cross join site_days d
left join marts.full_inspections f on f.authority_id = a.authority_id and f.next_inspection_id is null
left join core.frameworks p using (framework_code)
left join core.inspections c using (inspection_id)
left join marts.next_inspection_windows w on w.authority_id = a.authority_id
order by a.page
