-- @description: The items to improve and the strengths of an activity are as many as core.lists says, and there are some exactly where a list is present.
-- @table: core.lists
-- @severity: warning
with items as (
    -- Recommendations are items of the list of areas for improvement.
    select activity_id, if(kind = 'priority_action', kind, 'area_for_improvement') as list, count(*) as n_items
    from core.recommendations
    group by all
    union all
    select activity_id, 'strength', count(*)
    from core.strengths
    group by all
)

select a.activity_id, a.report_id, 1 as page_number, list, l.status, l.n_items, coalesce(i.n_items, 0) as n_items_held
from core.lists l
full join items i using (activity_id, list)
join core.activities a using (activity_id)
where l.n_items is distinct from coalesce(i.n_items, 0) or (l.status = 'present') is distinct from (l.n_items > 0)
