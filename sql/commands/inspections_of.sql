-- @description: One row per inspection of an authority, in order, with the grade of each area.
select i.inspection_id, i.start_date, i.framework_code, i.inspection_kind, i.published_date, i.lead_inspector_name,
    list((a.label, j.grade) order by a.sort_order) as grades
from core.inspections i
join core.areas a on a.is_series
left join core.judgements j on j.inspection_id = i.inspection_id and j.area_code = a.area_code
where i.authority_id = ?
group by all
order by i.start_date, i.inspection_id
