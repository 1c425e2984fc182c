-- @question: Which areas for priority action of visits and joint inspections has no later inspection looked at yet?
-- @returns: One row per area for priority action of a visit or joint inspection, the oldest first: who must act, how long ago it was told, and a link to the page. Leave the region empty for England.
-- @warning: Open means that no later inspection which would look at it was published by known_until and is held here, not that nothing was done.
with asked as (select '' as region)

select o.authority_name, o.activity_kind, o.theme_name, o.start_date, o.days_open, o.known_until, o.text,
    array_to_string(o.responsible_bodies, '; ') as responsible_bodies, o.report_id, o.page_number, o.page_url
from marts.open_priority_actions o, asked
where asked.region = '' or o.region_name = asked.region
order by o.days_open desc, o.authority_name, o.recommendation_id
