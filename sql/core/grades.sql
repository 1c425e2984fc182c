-- @description: One row per grade, best first.
-- @grain: grade
-- @column: grade | The grade as a code.
-- @column: grade_rank | 1 (best) to 4; adequate, used in 2013, and requires_improvement share 3. Null for not_judged.
-- @column: label | The grade in words.
-- @unique: grade
-- @not_null: grade, label
from staged.grades order by grade_rank nulls last, grade
