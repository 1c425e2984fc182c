-- @description: Who has the lowest grade of each judgement now, and since when, the longest first.
select
    s.area_page as page,
    a.name,
    a.page as authority_page,
    a.region,
    i.from_date,
    i.from_date_basis,
    i.n_inspections,
    a.known_until
from marts.inadequate_spells i
join site_areas s using (area_code)
join site_authorities a using (authority_id)
where i.is_open and a.is_current
order by s.area_page, i.from_date, a.name
