-- @description: Every name and code by which an authority is found.
with known as (
    select name, authority_id from core.authority_names
    union
    select authority_name, authority_id from core.authorities
    union
    select la_code_gss, authority_id from core.authority_codes
    union
    select unnest([provider_urn, la_code_gss, la_code_dfe]), authority_id from core.authorities
)

select distinct '' as page, k.name, a.number
from known k
join site_authorities a using (authority_id)
where k.name is not null and lower(k.name) <> lower(a.name)
order by k.name, a.number
