-- @description: What this warehouse was built from. One row.
-- @grain: fingerprint
-- @column: source_name | The source of every report in it: a warehouse holds one source at a time.
-- @column: fingerprint | Hash of the rows loaded and of the SQL that derived the rest; equal for equal contents.
-- @not_null: source_name, fingerprint
select source_name, fingerprint
from staged.build
