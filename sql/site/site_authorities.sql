-- @description: One row per authority, current or former, with the name of its page and that of its region's.
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
    row_number() over (order by a.is_current desc, a.authority_name) - 1 as number
from core.authorities a
order by a.authority_name
