-- @description: One row per inspection of an $authority (its authority_id), in order, in words, with the grade of each area, from reports and from Ofsted's own statistics. A first day that is a bound is none.
select
    if(i.start_date_basis = 'bound', null, i.start_date) as began,
    i.published_date,
    f.name as framework,
    replace(i.inspection_kind, '_', ' ') as kind,
    c.lead_inspector_name,
    if(i.basis = 'report', null, i.basis) as source,
    list((a.label, j.grade, g.label) order by a.sort_order) as grades
from marts.all_inspections i
join core.frameworks f using (framework_code)
join core.areas a on a.is_series
left join core.inspections c using (inspection_id)
left join marts.all_judgements j on j.inspection_id = i.inspection_id and j.area_code = a.area_code
left join core.grades g using (grade)
where i.authority_id = $authority
group by i.inspection_id, i.start_date_basis, i.start_date, i.published_date, f.name, i.inspection_kind, c.lead_inspector_name, i.basis
order by i.start_date, i.inspection_id
