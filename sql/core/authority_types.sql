-- @description: One row per type of authority, with the letters that begin the GSS codes of its authorities.
-- @grain: code_prefix
-- @column: code_prefix | First three characters of a GSS code.
-- @column: authority_type | Unitary Authority, Metropolitan District, London Borough or County.
-- @unique: code_prefix
-- @not_null: code_prefix, authority_type
from staged.authority_types order by code_prefix
