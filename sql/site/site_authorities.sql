-- @description: One row per authority, current or former, with the name of its page and that of its region's.
select
    a.authority_id,
    trim(regexp_replace(lower(strip_accents(replace(a.authority_name, '''', ''))), '[^a-z0-9]+', '-', 'g'), '-') as page,
    a.authority_name as name,
    a.authority_type,
    a.region_name as region,
    trim(regexp_replace(lower(a.region_name), '[^a-z0-9]+', '-', 'g'), '-') as region_page,
    a.provider_urn,
    a.la_code_gss,
    a.la_code_dfe,
    a.is_current,
    a.valid_from_date,
    a.valid_to_date,
    a.provider_url,
    row_number() over (order by a.is_current desc, a.authority_name) - 1 as number
from core.authorities a
order by a.authority_name
