-- @description: Mergers, splits and recodes of authorities since 2013, one row for each pair of old and new code.
-- @grain: change_date, from_gss, to_gss
-- @column: change_date | First day of the new arrangement.
-- @column: kind | merge, split or recode. Only a recode carries grades on.
-- @column: from_gss | GSS code before.
-- @column: to_gss | GSS code after.
-- @column: from_name | Name before.
-- @column: to_name | Name after.
-- @column: note | What the change meant.
-- @unique: change_date, from_gss, to_gss
-- @not_null: change_date, kind, from_gss, to_gss
select change_date, kind, from_gss, to_gss, from_name, to_name, note
from staged.authority_changes
order by change_date, from_gss, to_gss
