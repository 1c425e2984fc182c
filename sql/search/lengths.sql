-- @description: One row per paragraph: its length for a search, in terms.
-- @grain: paragraph_row
-- @column: paragraph_row | The rowid of the paragraph in core.paragraphs of this file. Paragraphs without a term have no row.
-- @column: n_terms | Number of terms, repeats included. Stop words do not count and a hyphenated word counts as three (its parts and its solid form), so this is not core.paragraphs.n_words.
-- @unique: paragraph_row
-- @not_null: paragraph_row, n_terms
select paragraph_row, count(*)::integer as n_terms
from search.postings
group by paragraph_row
order by paragraph_row
