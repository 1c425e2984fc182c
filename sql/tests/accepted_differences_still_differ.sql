-- @description: Every difference that was accepted by hand still occurs, with both its values, wherever its edition and its report are at hand.
-- @table: official.accepted_differences
-- @severity: warning
-- @scope: build
select v.report_id, a.as_at_date, a.sheet, a.authority_id, a.item, a.official_value, a.our_value
from official.accepted_differences a
join official.editions e using (as_at_date)
join official.comparisons c
    on c.edition_id = e.edition_id and c.sheet = a.sheet and c.authority_id = a.authority_id and c.item = a.item
left join core.activities v using (activity_id)
group by all
having
    not bool_or(
        c.official_value is not distinct from a.official_value and c.our_value is not distinct from a.our_value
    )
