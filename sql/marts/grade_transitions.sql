-- @description: One row per family and pair of grades: how often the second followed the first at the very next full inspection, and its share.
-- @grain: area_code, is_other_framework, previous_grade, grade
-- @column: area_code | Family of the judgement.
-- @column: is_other_framework | Whether the two grades were given under different families of frameworks.
-- @column: previous_grade | Grade at one full inspection.
-- @column: grade | Grade in the same family at the next full inspection.
-- @column: n_steps | Steps up the scale; negative for steps down.
-- @column: n_transitions | How often the grade followed the previous grade.
-- @column: n_from_previous_grade | The denominator: how often any grade followed the previous grade, with the same is_other_framework.
-- @column: share_percent | n_transitions divided by n_from_previous_grade, in whole per cent.
-- @column: n_from_official_statistics | Of n_transitions, those with a grade that no report in this warehouse gives.
-- @column: n_with_days | Of n_transitions, those whose two first days are known: median_days rests on them.
-- @column: median_days | Median days from the start of the one inspection to the start of the next; null where no first days are known.
-- @unique: area_code, is_other_framework, previous_grade, grade
-- @not_null: area_code, is_other_framework, previous_grade, grade, n_transitions, n_from_previous_grade, share_percent
-- @warning: Inadequate authorities are inspected again sooner and under another programme: do not compare rows like for like.
-- @warning: Only pairs of inspections that follow each other count: a grade is not compared across an inspection that did not judge the family.
-- @warning: A change of framework is a break: add rows of both is_other_framework only to ask how often a grade followed another under any.
select
    area_code,
    is_other_framework,
    previous_grade,
    grade,
    any_value(n_steps) as n_steps,
    count(*) as n_transitions,
    (sum(count(*)) over from_grade)::bigint as n_from_previous_grade,
    round(100.0 * count(*) / sum(count(*)) over from_grade)::integer as share_percent,
    count(*) filter (where basis <> 'report' or previous_basis <> 'report') as n_from_official_statistics,
    count(days_since_previous) as n_with_days,
    median(days_since_previous)::integer as median_days
from marts.judgement_history
where change in ('improved', 'declined', 'same')
group by area_code, is_other_framework, previous_grade, grade
window from_grade as (partition by area_code, is_other_framework, previous_grade)
order by area_code, is_other_framework, previous_grade, n_steps desc
