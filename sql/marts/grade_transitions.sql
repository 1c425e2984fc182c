-- @description: One row per family and pair of grades: how often the second followed the first at the next full inspection, and its share.
-- @grain: area_code, previous_grade, grade
-- @column: area_code | Family of the judgement.
-- @column: previous_grade | Grade at one full inspection.
-- @column: grade | Grade in the same family at the next full inspection that judged it.
-- @column: n_steps | Steps up the scale; negative for steps down.
-- @column: n_transitions | How often the grade followed the previous grade.
-- @column: n_from_previous_grade | The denominator: how often any grade followed the previous grade.
-- @column: share_percent | n_transitions divided by n_from_previous_grade, in whole per cent.
-- @column: median_days | Median days from the start of the one inspection to the start of the next.
-- @unique: area_code, previous_grade, grade
-- @not_null: area_code, previous_grade, grade, n_transitions, n_from_previous_grade, share_percent
-- @warning: Inadequate authorities are inspected again sooner and under another programme: do not compare rows like for like.
-- @warning: Pairs across a change of framework are counted; marts.judgement_history marks them with is_break_in_series.
select
    area_code,
    previous_grade,
    grade,
    any_value(n_steps) as n_steps,
    count(*) as n_transitions,
    (sum(count(*)) over (partition by area_code, previous_grade))::bigint as n_from_previous_grade,
    round(100.0 * count(*) / sum(count(*)) over (partition by area_code, previous_grade))::integer as share_percent,
    median(days_since_previous)::integer as median_days
from marts.judgement_history
where change in ('improved', 'declined', 'same')
group by area_code, previous_grade, grade
order by area_code, previous_grade, n_steps desc
