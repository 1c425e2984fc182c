-- @description: Each authority with its grades in force.
select
    '' as page,
    a.name,
    a.page as authority_page,
    a.region,
    a.is_current,
    a.valid_to_date,
    a.known_until,
    list({'area': g.label, 'words': g.words, 'rank': g.grade_rank} order by g.sort_order) as grades,
    any_value(g.start_date) as start_date,
    any_value(g.start_date_basis) as start_date_basis
from site_authorities a
join site_grades g using (authority_id)
group by a.name, a.page, a.region, a.is_current, a.valid_to_date, a.known_until
order by a.is_current desc, a.name
