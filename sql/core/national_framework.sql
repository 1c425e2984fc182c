-- @description: One row per outcome, enabler or principle of the Children's Social Care National Framework (2023).
-- @grain: national_framework_ref
-- @column: national_framework_ref | Outcome, enabler or principle with its number, as core.recommendations refers to it.
-- @column: meaning | Its wording; null for principles.
-- @unique: national_framework_ref
-- @not_null: national_framework_ref
from staged.national_framework order by national_framework_ref
