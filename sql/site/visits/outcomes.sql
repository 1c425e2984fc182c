-- @description: Area SEND inspections by outcome and region.
select
    '' as page,
    p.name as what,
    o.label as outcome,
    o.sort_order,
    coalesce(a.region, 'England') as region,
    count(*) as n
from marts.all_activities v
join core.frameworks p using (framework_code)
join core.outcomes o on o.framework_code = v.framework_code and o.outcome_code = v.outcome_code
join site_authorities a using (authority_id)
group by p.name, p.sort_order, o.label, o.sort_order, grouping sets ((a.region), ())
order by p.sort_order desc, a.region nulls first, o.sort_order
