-- @description: One row per inspection of an authority, in order, with the grade of each area, from reports and from Ofsted's own statistics.
select
    i.inspection_id,
    if(i.start_date_basis = 'bound', 'published ' || i.published_date, i.start_date::varchar) as began,
    i.framework_code,
    i.inspection_kind,
    i.published_date,
    c.lead_inspector_name,
    if(i.basis = 'report', null, i.basis) as source,
    list((a.label, j.grade) order by a.sort_order) as grades
from marts.all_inspections i
join core.areas a on a.is_series
left join core.inspections c using (inspection_id)
left join marts.all_judgements j on j.inspection_id = i.inspection_id and j.area_code = a.area_code
where i.authority_id = ?
group by all
order by min(i.start_date), i.inspection_id
