-- @description: How often one grade followed another at the next full inspection, by family, with the share of all that left the first grade.
-- @grain: area_code, previous_grade, grade
-- @column: area_code | Family of the judgement.
-- @column: previous_grade | Grade at one full inspection.
-- @column: grade | Grade in the same family at the next that judged it.
-- @column: n_steps | Steps up the scale; negative for steps down.
-- @column: n_transitions | How often the one followed the other.
-- @column: n_from_previous_grade | How often any grade followed the first: the denominator.
-- @column: share_percent | The first count over the second, in whole per cent.
-- @column: median_days | Median days from the start of the one inspection to the start of the next.
-- @unique: area_code, previous_grade, grade
-- @not_null: area_code, previous_grade, grade, n_transitions, n_from_previous_grade, share_percent
-- @warning: Inadequate authorities are inspected again sooner and under another programme: the rows are no like for like.
-- @warning: Pairs over a change of framework are counted; marts.judgement_history marks them with is_break_in_series.
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
