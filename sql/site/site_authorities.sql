-- @description: One row per authority, current or former, with the name of its page and that of its region's. known_until is the last day of which anything is known of its grades, where that is before the last day of the record: only Ofsted's statistics tell of it.
with known as (
    select authority_id, max(censor_date) as known_until
    from marts.grade_spells
    where end_reason = 'censored_open'
    group by authority_id
),

-- The name of a page is the authority's, and its code with it where that is nothing, too long or another's, too.
names as (
    select
        authority_id,
        name_in_address(authority_name) as named,
        if(
            named = '' or len(named) > 100 or count(*) over (partition by named) > 1,
            trim(named[1:100] || '-' || lower(authority_id), '-'), named
        ) as page
    from core.authorities
),

region_names as (
    select
        region_name,
        name_in_address(region_name) as named,
        if(
            named = '' or len(named) > 100 or count(*) over (partition by named) > 1,
            trim(named[1:100] || '-' || md5(region_name)[1:8], '-'), named
        ) as page
    from (select distinct region_name from core.authorities where region_name is not null) each_region
)

select
    a.authority_id,
    n.page,
    a.authority_name as name,
    a.authority_type,
    a.region_name as region,
    g.page as region_page,
    a.provider_urn,
    a.la_code_gss,
    a.la_code_dfe,
    a.is_current,
    a.valid_from_date,
    a.valid_to_date,
    a.provider_url,
    nullif(k.known_until, (select max(known_until) from known)) as known_until,
    row_number() over (order by a.is_current desc, a.authority_name) - 1 as number
from core.authorities a
join names n using (authority_id)
left join region_names g using (region_name)
left join known k using (authority_id)
order by a.authority_name
