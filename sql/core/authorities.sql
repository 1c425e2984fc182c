-- @description: One row per local authority with children's services since 2013, present or former.
-- @grain: authority_id
-- @column: authority_id | The authority's current or last GSS code. A stable key: former authorities without a known URN have one too.
-- @column: provider_urn | Ofsted's number for the authority as a provider. Null for a former authority whose URN is not known.
-- @column: authority_name | The authority's name in official statistics.
-- @column: la_code_gss | Current GSS code, or the last one of a former authority. Earlier codes are in core.authority_codes.
-- @column: la_code_dfe | The Department for Education's three-digit code.
-- @column: authority_type | London Borough, Metropolitan District, Unitary Authority or County, by the current or last code. Earlier types are in core.authority_codes.
-- @column: region_name | One of the nine regions of the Office for National Statistics.
-- @column: ofsted_region_name | One of Ofsted's eight regions: North East, Yorkshire and the Humber is one region.
-- @column: valid_from_date | First day of an authority that a merger or split created since 2013; null for older authorities.
-- @column: valid_to_date | Last day of a former authority; null while it exists.
-- @column: is_current | Whether the authority exists today.
-- @column: statistical_neighbours | la_code_dfe of the ten authorities most similar to this one, nearest first.
-- @column: region_code_gss | GSS code of that region of the Office for National Statistics, as in core.regions.
-- @column: provider_url | Ofsted's page about the authority, with all its reports; null where the URN is not known.
-- @unique: authority_id
-- @unique: provider_urn
-- @not_null: authority_id, authority_name, la_code_gss, region_name, ofsted_region_name, is_current
-- @references: region_code_gss | core.regions.region_code_gss
-- @warning: Former authorities have no statistical neighbours here.
select a.* exclude (also_known_as, provider_url) replace (coalesce(t.authority_type, a.authority_type) as authority_type), g.region_code_gss, a.provider_url
from staged.authorities a
left join core.regions g using (region_name)
-- The code tells the type; lists of authorities are slow to follow a county that became unitary.
left join core.authority_types t on t.code_prefix = left(a.la_code_gss, 3)
order by a.authority_id
