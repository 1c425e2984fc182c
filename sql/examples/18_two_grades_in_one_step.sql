-- @question: Who moved two grades or more in one step?
-- @returns: One row per judgement that rose or fell by two steps or more between two full inspections, the latest first, with the report.
select h.authority_name, h.area_code, h.previous_grade, h.grade, h.n_steps, h.start_date, h.days_since_previous,
    h.is_break_in_series, r.source_url
from marts.judgement_history h
join core.inspections i using (inspection_id)
join core.reports r using (report_id)
where abs(h.n_steps) >= 2
order by h.start_date desc, h.authority_name, h.area_code
