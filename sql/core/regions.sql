-- @description: One row per region of England as the Office for National Statistics defines them.
-- @grain: region_name
-- @column: region_name | Name, as in core.authorities.
-- @column: region_code_gss | GSS code.
-- @column: region_code_short | One or two letters, as in Data to Insight's files: GL is London.
-- @unique: region_name
-- @unique: region_code_gss
-- @unique: region_code_short
-- @not_null: region_name, region_code_gss, region_code_short
from staged.regions order by region_code_gss
