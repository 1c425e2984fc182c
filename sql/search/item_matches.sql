-- @description: One row per pair of items to improve with similar wording, from one full inspection of an authority and its next.
-- @grain: earlier_id, later_id
-- @column: earlier_id | The item of the earlier inspection, as in core.recommendations.
-- @column: later_id | The item of the next full inspection.
-- @column: similarity | Weight of the shared terms divided by the weight of all terms of both, from 0.2 to 1; rare terms weigh more.
-- @column: shared_terms | The shared terms, rarest first.
-- @not_null: earlier_id, later_id, similarity
-- @references: earlier_id | core.recommendations.recommendation_id
-- @references: later_id | core.recommendations.recommendation_id
-- @warning: Similar wording suggests that a point came back, but does not prove it: read both.
with items as (
    select
        c.recommendation_id,
        f.authority_id,
        f.inspection_number,
        unnest(
            list_distinct(
                regexp_extract_all(
                    -- A reference to the National Framework is not part of the wording.
                    lower(strip_accents(regexp_replace(c.text, '\([^)]*national framework[^)]*\)', '', 'gi'))), '[a-z0-9]+'
                )
            )
        ) as word
    from core.recommendations c
    join marts.full_inspections f using (inspection_id)
    where c.addressed_to = 'authority'
),

terms as (
    select distinct i.recommendation_id, i.authority_id, i.inspection_number, w.term
    from items i
    join search.words w using (word)
),

weights as (
    select term, ln((select count(distinct recommendation_id) from terms) / count(*)) as weight
    from terms
    group by term
),

weighted as (
    select t.recommendation_id, t.authority_id, t.inspection_number, t.term, w.weight
    from terms t
    join weights w using (term)
),

totals as (
    select recommendation_id, sum(weight) as weight
    from weighted
    group by recommendation_id
),

pairs as (
    select
        e.recommendation_id as earlier_id,
        l.recommendation_id as later_id,
        sum(e.weight) as shared,
        list(e.term order by e.weight desc, e.term) as shared_terms
    from weighted e
    join weighted l
        on
            l.authority_id = e.authority_id
            and l.inspection_number = e.inspection_number + 1
            and l.term = e.term
    group by e.recommendation_id, l.recommendation_id
)

select
    p.earlier_id,
    p.later_id,
    round(p.shared / (e.weight + l.weight - p.shared), 3) as similarity,
    p.shared_terms
from pairs p
join totals e on e.recommendation_id = p.earlier_id
join totals l on l.recommendation_id = p.later_id
-- Words that every item holds weigh nothing: they make no two items similar.
where p.shared / nullif(e.weight + l.weight - p.shared, 0) >= 0.2
order by p.earlier_id, p.later_id
