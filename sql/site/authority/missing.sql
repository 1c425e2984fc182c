-- @description: Inspections that are known to have taken place, and of which nothing is held.
select a.page, c.framework_family, c.from_date, c.known_by_date, c.published_date
from quality.coverage c
join site_authorities a using (authority_id)
where c.is_missing
order by a.page, c.known_by_date
