-- @description: Every difference that was accepted by hand still occurs, with both its values, wherever its sheet and its report are at hand.
-- @table: official.accepted_differences
-- @severity: warning
-- @scope: build
with compared as (
    select
        a.*,
        bool_or(c.item = a.item and c.official_value is not distinct from a.official_value and c.our_value is not distinct from a.our_value)
            as still_differs,
        bool_or(c.item = a.item and (c.official_value = a.official_value or c.our_value = a.our_value)) as is_half_there,
        bool_or(c.item in ('inspection', 'visit') and c.side = 'theirs only') as lacks_a_report
    from official.accepted_differences a
    join official.editions e using (as_at_date)
    join official.comparisons c on c.edition_id = e.edition_id and c.sheet = a.sheet and c.authority_id = a.authority_id
    group by all
)

-- Where an inspection of the authority has no report the values may be its own: then one of them must be there to tell.
select as_at_date, sheet, authority_id, item, official_value, our_value
from compared
where not still_differs and (is_half_there or not lacks_a_report)
