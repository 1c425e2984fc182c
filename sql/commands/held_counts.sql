-- @description: One row: graded inspections, and inspections and visits of whatever kind.
select
    (select count(*) from core.inspections) as n_inspections,
    (select count(*) from core.activities) as n_activities
