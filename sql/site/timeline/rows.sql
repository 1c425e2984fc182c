-- @description: The timeline of each authority, as marts.authority_timeline has it.
select a.page, t.*
from marts.authority_timeline t
join site_authorities a using (authority_id)
order by a.page, t.event_date, t.event, t.activity_id
