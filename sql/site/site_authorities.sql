-- @description: One row per authority, current or former, with the name of its page and that of its region's. known_until is the last day of which anything is known of its grades, where that is before the last day of the record: only Ofsted's statistics tell of it.
with known as (
    select authority_id, max(censor_date) as known_until
    from marts.grade_spells
    where end_reason = 'censored_open'
    group by authority_id
)

select
    a.authority_id,
    name_in_address(a.authority_name) as page,
    a.authority_name as name,
    a.authority_type,
    a.region_name as region,
    name_in_address(a.region_name) as region_page,
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
left join known k using (authority_id)
order by a.authority_name
