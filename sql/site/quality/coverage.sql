-- @description: Inspections that are known and of which nothing is held.
select '' as page, c.*, a.page as authority_page
from quality.coverage c
join site_authorities a using (authority_id)
where c.is_missing
order by c.authority_name, c.known_by_date
