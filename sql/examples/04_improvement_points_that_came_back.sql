-- @question: Which points for improvement came back at the next inspection?
-- @returns: One row per pair of similar items, the most similar first, with both texts and links to both pages. Leave the authority empty for all.
-- @warning: Found by similar wording: read both before you say that a point came back.
with asked as (select '' as authority, 0.3::double as least_similarity)

select r.authority_name, r.similarity, r.earlier_start_date, r.earlier_text, r.later_start_date, r.later_text,
    r.earlier_page_url, r.later_page_url
from marts.recurring_items r, asked
where (asked.authority = '' or r.authority_name = asked.authority) and r.similarity >= asked.least_similarity
order by r.similarity desc, r.earlier_id, r.later_id
