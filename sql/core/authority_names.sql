-- @description: One row per name of an authority and where it is used, so that a name in other data leads to the authority.
-- @grain: authority_id, name, source
-- @column: authority_id | The authority, as in core.authorities.
-- @column: name | The name, as written there.
-- @column: source | reference (its official name, and others that it is known by), authority change (at a merger, split or recode), report (as covers and letters write it), ofsted statistics (Ofsted's yearly file, where it differs) or data to insight (their ILACS summary, where it differs).
-- @column: valid_from_date | First day of the authority under this name, where known.
-- @column: valid_to_date | Last day of the authority under this name, where known; null also for names still in use.
-- @column: n_reports | Reports that write this name.
-- @unique: authority_id, name, source
-- @not_null: authority_id, name, source, n_reports
-- @references: authority_id | core.authorities.authority_id
-- @warning: Two authorities had the same name at different times (Dorset): use the dates, or those of core.authorities.
-- @warning: Trusts that provide services for an authority are among the names it is known by.
with changes_of_name as (
    from core.authority_changes
    where kind <> 'recode' or from_name <> to_name
),

names_of_changes as (
    select c.authority_id, h.from_name as name, null::date as valid_from_date, h.change_date - 1 as valid_to_date
    from changes_of_name h
    join core.authority_codes c on c.la_code_gss = h.from_gss
    union
    select c.authority_id, h.to_name, h.change_date, a.valid_to_date
    from changes_of_name h
    join core.authority_codes c on c.la_code_gss = h.to_gss
    join core.authorities a using (authority_id)
),

names_in_use as (
    select authority_id, authority_name as name, 'reference' as source, valid_from_date, valid_to_date
    from core.authorities
    union
    select authority_id, unnest(also_known_as), 'reference', valid_from_date, valid_to_date
    from staged.authorities
    union
    select authority_id, name, 'authority change', max(valid_from_date), min(valid_to_date)
    from names_of_changes
    group by authority_id, name
    union
    select authority_id, authority_as_written, 'report', null, null
    from core.reports
    where authority_as_written is not null
    union
    select c.authority_id, n.name, n.source, null, null
    from staged.authority_names n
    join core.authority_codes c using (la_code_gss)
),

written as (
    select authority_id, authority_as_written as name, count(*) as n_reports
    from core.reports
    group by authority_id, authority_as_written
)

select n.*, coalesce(w.n_reports, 0) as n_reports
from names_in_use n
left join written w using (authority_id, name)
order by n.authority_id, n.source, n.name
