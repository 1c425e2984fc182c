-- @question: What must authorities improve, by National Framework outcome and region?
-- @returns: One row per region and reference: items, inspections with such an item, and as the denominator inspections of the region since January 2025 of which the report is held; and those of which it is not.
with asked as (select date '2025-01-01' as from_date),

inspected as (
    select a.region_name, count(f.report_id) as n_inspections, count(*) - count(f.report_id) as n_without_report
    from marts.full_inspections f
    join core.authorities a using (authority_id)
    join asked on f.start_date >= asked.from_date
    group by a.region_name
)

select
    n.region_name,
    n.national_framework_ref,
    any_value(n.meaning) as meaning,
    count(*) as n_items,
    count(distinct n.activity_id) as n_inspections_with_it,
    any_value(i.n_inspections) as n_inspections,
    any_value(i.n_without_report) as n_without_report
from marts.national_framework_items n
join inspected i using (region_name)
semi join marts.full_inspections f on f.inspection_id = n.activity_id
join asked on n.start_date >= asked.from_date
group by n.region_name, n.national_framework_ref
order by n.region_name, n.national_framework_ref
