-- @description: One row per GSS code that an authority has had, with the dates it was in force.
-- @grain: authority_id, la_code_gss
-- @column: authority_id | The authority, as in core.authorities.
-- @column: la_code_gss | A GSS code, current or past.
-- @column: valid_from_date | First day of the code; null where it began before 2013.
-- @column: valid_to_date | Last day of the code; null while it is in force.
-- @column: authority_type | Type of the authority while the code was in force: a county that became unitary got a new code. Null where the code is of no known type.
-- @unique: authority_id, la_code_gss
-- @unique: la_code_gss
-- @not_null: authority_id, la_code_gss
-- @references: authority_id | core.authorities.authority_id
select c.*, t.authority_type
from staged.authority_codes c
left join core.authority_types t on t.code_prefix = left(c.la_code_gss, 3)
order by c.authority_id, c.la_code_gss
