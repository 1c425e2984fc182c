-- @description: Every GSS code that an authority has had and the days on which it was in force.
-- @grain: authority_id, la_code_gss
-- @column: authority_id | The authority, as in core.authorities.
-- @column: la_code_gss | A GSS code, present or past.
-- @column: valid_from_date | First day of the code; null where it is older than 2013.
-- @column: valid_to_date | Last day of the code; null while it is in force.
-- @unique: authority_id, la_code_gss
-- @unique: la_code_gss
-- @not_null: authority_id, la_code_gss
-- @references: authority_id | core.authorities.authority_id
select authority_id, la_code_gss, valid_from_date, valid_to_date
from staged.authority_codes
order by authority_id, la_code_gss
