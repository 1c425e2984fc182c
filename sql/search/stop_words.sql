-- @description: One row per word that a search passes over: it stands in almost every paragraph, or is a single letter or digit.
-- @grain: word
-- @column: word | The word in lower case.
-- @unique: word
-- @not_null: word
select word
from (
    select unnest([
        'an', 'and', 'are', 'as', 'at', 'be', 'been', 'but', 'by', 'for', 'from', 'had', 'has', 'have', 'if', 'in', 'into',
        'is', 'it', 'its', 'of', 'on', 'or', 'so', 'such', 'than', 'that', 'the', 'their', 'them', 'then', 'there', 'these',
        'they', 'this', 'those', 'to', 'was', 'were', 'when', 'where', 'which', 'while', 'who', 'will', 'with', 'would'
    ]) as word
    union all
    select unnest(string_split('abcdefghijklmnopqrstuvwxyz0123456789', ''))
) passed_over
order by word
