-- @description: The parts in which reports were loaded. A build that finds a part unchanged copies its rows from here.
-- @grain: first_report_id
-- @column: first_report_id | The first id that a report of this part may have; the next part begins where it ends.
-- @column: inputs | Hash of all that its rows depend on: the files, reader, rules, vocabulary, and the code between.
-- @column: row_hash | Hash of its rows as they were loaded.
-- @unique: first_report_id
-- @not_null: first_report_id, inputs, row_hash
select first_report_id, inputs, row_hash
from staged.batches
order by first_report_id
