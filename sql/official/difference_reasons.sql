-- @description: One row per reason for which Ofsted's own statistics and our reports may differ.
-- @grain: reason_code
-- @column: reason_code | The reason, as in quality.official_differences.
-- @column: is_by_hand | Whether somebody must look and accept it; the others are found by rule.
-- @column: explanation | The reason in a sentence.
-- @unique: reason_code
-- @not_null: reason_code, is_by_hand, explanation
from staged.difference_reasons order by is_by_hand, reason_code
