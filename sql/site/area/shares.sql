-- @description: The share of each judgement in England on each reference day.
select s.area_page as page, s.*
from site_shares s
where s.scope = 'England'
order by s.area_page, s.reference_date
