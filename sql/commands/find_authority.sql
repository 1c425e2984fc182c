-- @description: One row per authority that $text means, as every filter understands it.
select a.authority_id, a.authority_name, a.provider_urn, a.region_name, a.is_current
from filter_values('authority', $text) f
join core.authorities a on a.authority_id = f.value
order by a.authority_name, a.authority_id
