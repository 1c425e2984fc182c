-- @description: How long each paragraph is for a search: the terms in it, each as often as it stands there.
-- @grain: paragraph_row
-- @column: paragraph_row | The rowid of the paragraph in core.paragraphs of this file; one that holds no term is left out.
-- @column: n_terms | Terms: not the words that carry no meaning of their own, and both halves of one with a hyphen, so not core.paragraphs.n_words.
-- @unique: paragraph_row
-- @not_null: paragraph_row, n_terms
select paragraph_row, count(*)::integer as n_terms
from search.postings
group by paragraph_row
order by paragraph_row
