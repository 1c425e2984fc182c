-- @description: One row per lead inspector of full inspections, by name as printed. Read the health warning.
-- @grain: lead_inspector_name
-- @column: lead_inspector_name | One name as printed in reports.
-- @column: n_inspections | Full inspections led, alone or with others: the denominator of every grade count.
-- @column: n_authorities | Different authorities inspected.
-- @column: n_led_jointly | Inspections that name another lead inspector too.
-- @column: n_with_overall | Inspections that gave a grade for overall effectiveness.
-- @column: n_outstanding | Overall outstanding.
-- @column: n_good | Overall good.
-- @column: n_requires_improvement | Overall requires improvement to be good.
-- @column: n_inadequate | Overall inadequate.
-- @column: first_start_date | First day of the first inspection.
-- @column: last_start_date | First day of the last inspection.
-- @column: health_warning | Why these counts do not show that an inspector is lenient or harsh.
-- @unique: lead_inspector_name
-- @not_null: lead_inspector_name, n_inspections, health_warning
-- @warning: HEALTH WARNING: inspectors are not assigned to authorities at random, teams agree grades rather than leads, and most counts are too small to compare.
-- @warning: One person may appear under two spellings, and different people have similar names.
with named as (
    select
        f.inspection_id,
        f.authority_id,
        f.start_date,
        unnest(string_split(i.lead_inspector_name, '; ')) as lead_inspector_name,
        contains(i.lead_inspector_name, '; ') as is_joint,
        j.grade
    from marts.full_inspections f
    join core.inspections i using (inspection_id)
    left join (
        select o.inspection_id, o.grade
        from marts.all_judgements o
        join core.areas s using (area_code)
        where s.is_overall
    ) j using (inspection_id)
)

select
    lead_inspector_name,
    count(*) as n_inspections,
    count(distinct authority_id) as n_authorities,
    count(*) filter (where is_joint) as n_led_jointly,
    count(*) filter (where grade <> 'not_judged') as n_with_overall,
    count(*) filter (where grade = 'outstanding') as n_outstanding,
    count(*) filter (where grade = 'good') as n_good,
    count(*) filter (where grade = 'requires_improvement') as n_requires_improvement,
    count(*) filter (where grade = 'inadequate') as n_inadequate,
    min(start_date) as first_start_date,
    max(start_date) as last_start_date,
    'Not sent by chance, graded by a team, and '
    || if(count(*) < 20, 'only ' || count(*) || ' inspections: compare nothing.', 'still no measure of a person.') as health_warning
from named
group by lead_inspector_name
order by n_inspections desc, lead_inspector_name
