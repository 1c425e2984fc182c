-- @sheet: D2I summary
-- @description: One row per authority in the columns, order and forms of Data to Insight's ILACS summary, for tools that read that file.
-- @columns_of: marts.d2i_summary
from marts.d2i_summary
order by local_authority
