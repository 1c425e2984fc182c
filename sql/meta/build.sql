-- @description: One row: what this warehouse was built from.
-- @grain: fingerprint
-- @column: source_name | The source of every report in it: a warehouse holds one source.
-- @column: fingerprint | Hash of the loaded rows and of the SQL that derives the rest: equal for equal contents.
-- @not_null: source_name, fingerprint
select source_name, fingerprint
from staged.build
