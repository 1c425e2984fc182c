-- @question: Which inspections have no report here: whose grades come from Ofsted's statistics, or are missing?
-- @returns: One row per authority and year with such an inspection: full inspections and those of 2009 to 2013 with a report, those of which only statistics tell, with framework and first day of each, and those that are known to exist without grades here.
-- @warning: No text, items, page or inspector is here for them: leave these years out of any count of words or items, or divide by n_from_report. Where the first day is a bound the year may be the one before. What nobody listed is not here.
with every_one as (
    select
        i.authority_id,
        year(i.start_date) as year,
        i.basis,
        i.start_date_basis,
        f.framework_family,
        i.framework_code || ' ' || i.start_date as told
    from marts.all_inspections i
    join core.frameworks f using (framework_code)
    union all by name
    select
        c.authority_id,
        year(c.known_by_date) as year,
        'missing' as basis,
        c.framework_family,
        c.framework_family || ' by ' || c.known_by_date as told
    from quality.coverage c
    where c.is_missing
)

select
    a.authority_name,
    e.year,
    count(*) filter (where e.basis = 'report') as n_from_report,
    count(*) filter (where e.basis = 'official statistics') as n_from_statistics,
    count(*) filter (where e.start_date_basis = 'bound') as n_with_bound_day,
    count(*) filter (where e.basis = 'missing') as n_missing,
    string_agg(distinct e.framework_family, ', ' order by e.framework_family) filter (where e.basis <> 'report') as programmes,
    string_agg(e.told, '; ' order by e.told) filter (where e.basis <> 'report') as without_report,
    any_value(a.provider_url) as page_url
from every_one e
join core.authorities a using (authority_id)
group by e.authority_id, a.authority_name, e.year
having count(*) filter (where e.basis <> 'report') > 0
order by a.authority_name, e.year
