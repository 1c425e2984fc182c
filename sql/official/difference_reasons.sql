-- @description: One row per reason for which Ofsted's own statistics and our reports may differ.
-- @grain: reason_code
-- @column: reason_code | The reason, as in quality.official_differences.
-- @column: is_by_rule | Whether a rule can give it; the others somebody gives who looked.
-- @column: explanation | The reason in a sentence.
-- @column: explanation_of_ours | The reason where only we tell of an inspection, if it is another; null otherwise.
-- @unique: reason_code
-- @not_null: reason_code, is_by_rule, explanation
from staged.difference_reasons order by is_by_rule desc, reason_code
