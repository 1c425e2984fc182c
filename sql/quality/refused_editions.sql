-- @description: One row per file of Ofsted's own statistics that was given and can't be used, with the reason.
-- @grain: file_sha256
-- @column: file_name | Name of the file.
-- @column: file_sha256 | SHA-256 of the file.
-- @column: reason | The cell that is not understood and what was expected there, or what the edition lacks.
-- @unique: file_sha256
-- @not_null: file_name, file_sha256, reason
-- @warning: An edition is read whole or not at all: nothing of these files is in any table.
from staged.refused_editions order by file_name, file_sha256
