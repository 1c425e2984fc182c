-- @description: No inspection is in the complete record twice, from its report and from Ofsted's own statistics: two full inspections of an authority under one programme are never less than 200 days apart, but for reinspections of child protection in 2013.
-- @table: marts.all_inspections
-- @severity: warning
-- @scope: build
with in_order as (
    select
        i.*,
        lead(i.start_date) over following - i.start_date as n_days,
        lead(i.basis) over following as next_basis,
        lead(i.inspection_id) over following as next_id
    from marts.all_inspections i
    join core.frameworks f using (framework_code)
    window following as (partition by i.authority_id, f.framework_family order by i.start_date, i.inspection_id)
)

select report_id, inspection_id, next_id, n_days
from in_order
where basis <> next_basis and n_days < 200
