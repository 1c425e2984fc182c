-- @question: Which areas are next for an area SEND inspection, and of what kind?
-- @returns: One row per announced inspection that is not held yet, the earliest first: the area, its last outcome, the dates between which the inspection is due, and whether they have passed.
-- @warning: Where the dates have passed the inspection has probably taken place: its report is not held here, or is of a kind that is not read yet (monitoring).
-- @warning: Reports say "within approximately three years": earliest and latest are that time as rounded, not a plan of Ofsted's.
with announced as (
    select authority_name, region_name, outcome_label, start_date, 'monitoring' as next_inspection, monitoring_due_date as due_date,
        monitoring_earliest_date as earliest_date, monitoring_latest_date as latest_date, authority_id, source_url
    from marts.area_send_due
    where monitoring_due_date is not null
    union all
    select authority_name, region_name, outcome_label, start_date, 'full', full_due_date, full_earliest_date, full_latest_date,
        authority_id, source_url
    from marts.area_send_due
    where full_due_date is not null
)

select n.* exclude (authority_id, source_url), coalesce(n.source_url, a.provider_url) as page_url,
    n.latest_date < (select max(published_date) from core.reports) as is_past
from announced n
join core.authorities a using (authority_id)
order by n.due_date, n.authority_name, n.next_inspection
