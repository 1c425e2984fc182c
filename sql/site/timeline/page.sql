-- @description: A CSV per authority.
select distinct a.page
from marts.authority_timeline
join site_authorities a using (authority_id)
order by a.page
