-- @description: One page per region.
select
    r.region_page as page,
    r.region,
    d.first_date,
    d.last_date,
    d.known_until,
    count(*) filter (where a.is_current) as n_authorities
from site_regions r
join site_authorities a using (region)
cross join site_days d
group by all
order by page
