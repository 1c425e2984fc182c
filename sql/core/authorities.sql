-- @description: Every local authority with children's services since 2013, present and former.
-- @grain: authority_id
-- @column: authority_id | The authority's present or last GSS code: a stable key, also for former authorities without a known URN.
-- @column: provider_urn | Ofsted's number of the authority as a provider. Null for a former authority whose URN is not known.
-- @column: authority_name | The authority's name in official statistics.
-- @column: la_code_gss | GSS code, at present or when the authority ended. Earlier codes stand in core.authority_codes.
-- @column: la_code_dfe | The Department for Education's three-digit code.
-- @column: authority_type | London Borough, Metropolitan District, Unitary Authority or County.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: ofsted_region_name | One of Ofsted's eight regions: the North East and Yorkshire and the Humber are one.
-- @column: valid_from_date | First day of the authority where a merger or split since 2013 made it; null for older ones.
-- @column: valid_to_date | Last day of a former authority; null while it exists.
-- @column: is_current | Whether the authority exists today.
-- @column: statistical_neighbours | la_code_dfe of the ten authorities that resemble this one most, nearest first.
-- @unique: authority_id
-- @unique: provider_urn
-- @not_null: authority_id, authority_name, la_code_gss, region_name, ofsted_region_name, is_current
-- @warning: Former authorities have no statistical neighbours here.
select
    authority_id,
    provider_urn,
    authority_name,
    la_code_gss,
    la_code_dfe,
    authority_type,
    region_name,
    ofsted_region_name,
    valid_from_date,
    valid_to_date,
    is_current,
    statistical_neighbours
from staged.authorities
order by authority_id
