-- @description: One page per code that an authority has or had, URN, GSS or DfE, which leads to the authority's page. Of several with one code the current one, then the latest.
with codes as (
    select provider_urn as code, authority_id from site_authorities
    union
    select la_code_dfe, authority_id from site_authorities
    union
    select la_code_gss, authority_id from site_authorities
    union
    select la_code_gss, authority_id from core.authority_codes
)

select c.code as page, a.name, a.page as authority_page
from codes c
join site_authorities a using (authority_id)
where c.code is not null
qualify row_number() over (partition by c.code order by a.is_current desc, a.valid_to_date desc, a.authority_id) = 1
order by c.code
