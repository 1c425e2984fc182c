-- @description: One row per full inspection of an authority that is known to exist and of which no report is held.
select c.framework_family, c.from_date, c.known_by_date, c.published_date, c.is_missing
from quality.coverage c
where c.authority_id = ?
order by c.from_date
