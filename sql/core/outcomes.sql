-- @description: One row per outcome that inspections without grades may end in, best first.
-- @grain: framework_code, outcome_code
-- @column: framework_code | The framework, as in core.frameworks.
-- @column: outcome_code | Short name of the outcome.
-- @column: label | The outcome in words.
-- @column: sort_order | 1 for the best.
-- @unique: framework_code, outcome_code
-- @not_null: framework_code, outcome_code, label, sort_order
-- @references: framework_code | core.frameworks.framework_code
from staged.outcomes order by framework_code, sort_order
