-- @description: One row per round of full inspections: by its last day every authority of the time had had one.
-- @grain: framework_family
-- @column: framework_family | Family of frameworks, as in core.frameworks.
-- @column: from_date | First day of the round.
-- @column: to_date | Day by which every authority had been inspected.
-- @column: evidence | What says so.
-- @unique: framework_family
-- @not_null: framework_family, from_date, to_date, evidence
from staged.inspection_rounds order by from_date
