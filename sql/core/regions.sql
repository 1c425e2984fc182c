-- @description: One row per region of England as the Office for National Statistics defines them.
-- @grain: region_name
-- @column: region_name | Name, as in core.authorities.
-- @column: region_code_gss | GSS code.
-- @unique: region_name
-- @unique: region_code_gss
-- @not_null: region_name, region_code_gss
from staged.regions order by region_code_gss
