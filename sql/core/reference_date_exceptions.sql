-- @description: One row per report that Ofsted counted although it was published after the cut-off of its figures.
-- @grain: reference_date, authority_id
-- @column: reference_date | The date of the figures, as in core.reference_dates.
-- @column: authority_id | The authority, as in core.authorities.
-- @column: published_by | Last day of publication that counts for this authority.
-- @column: why | Why Ofsted let it in.
-- @unique: reference_date, authority_id
-- @not_null: reference_date, authority_id, published_by, why
-- @warning: as_at lets it in only where it counts by the date's own cut-off.
select e.reference_date, c.authority_id, e.published_by, e.why
from staged.reference_date_exceptions e
join core.authority_codes c using (la_code_gss)
order by e.reference_date, c.authority_id
