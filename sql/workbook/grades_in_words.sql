-- @description: One row per full inspection with its grades side by side, in words; where the framework does not make a judgement, since when or until when.
with judged as (
    select m.area_code, p.activity_kind, p.first_inspection_date
    from core.judgement_areas m
    join core.frameworks p using (framework_code)
),

never as (
    select
        f.framework_code,
        s.area_code,
        case
            when max(j.first_inspection_date) > f.first_inspection_date
                then 'Not judged until ' || strftime(
                    min(j.first_inspection_date) filter (where j.first_inspection_date > f.first_inspection_date), '%B %Y'
                )
            else 'Not judged since ' || strftime((
                select min(p.first_inspection_date)
                from core.frameworks p
                where p.activity_kind = f.activity_kind and p.first_inspection_date > max(j.first_inspection_date)
            ), '%B %Y')
        end as words
    from core.frameworks f
    cross join core.areas s
    anti join core.judgement_areas own on own.framework_code = f.framework_code and own.area_code = s.area_code
    left join judged j on j.area_code = s.area_code and j.activity_kind = f.activity_kind
    where s.is_series
    group by f.framework_code, f.activity_kind, f.first_inspection_date, s.area_code
),

words as (
    select j.inspection_id, j.area_code, g.label as words
    from marts.all_judgements j
    join core.grades g using (grade)
    union all
    select f.inspection_id, n.area_code, n.words
    from marts.full_inspections f
    join never n using (framework_code)
)

select
    inspection_id,
    any_value(words) filter (where area_code = 'overall') as "Overall",
    any_value(words) filter (where area_code = 'leaders') as "Leaders",
    any_value(words) filter (where area_code = 'help_and_protection') as "Help and protection",
    any_value(words) filter (where area_code = 'care') as "Care",
    any_value(words) filter (where area_code = 'care_leavers') as "Care leavers",
    any_value(words) filter (where area_code = 'adoption') as "Adoption",
    any_value(words) filter (where area_code = 'lscb') as "LSCB"
from words
group by inspection_id
