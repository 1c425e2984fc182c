-- @description: One row per published inspection, visit or joint inspection, the latest first, with a sentence on what it found.
with spoken as (
    select area_code, sort_order, if(label = upper(label), label, lower(label)) as area
    from core.areas
),

-- "Requires improvement to be good to good" can't be read.
said as (
    select grade, replace(lower(label), ' to be good', '') as said
    from core.grades
),

changes as (
    select
        h.inspection_id,
        s.sort_order,
        h.change is not distinct from 'same' as is_same,
        s.area || if(h.change in ('improved', 'declined'), ' ' || b.said || ' to ', ' ') || g.said as words
    from marts.judgement_history h
    join spoken s using (area_code)
    join said g on g.grade = h.grade
    left join said b on b.grade = h.previous_grade
),

graded as (
    select
        inspection_id as activity_id,
        concat_ws(
            '; ',
            string_agg(words, '; ' order by sort_order) filter (where not is_same),
            'no change: ' || string_agg(words, ', ' order by sort_order) filter (where is_same)
        ) as found
    from changes
    group by inspection_id
),

priorities as (
    select activity_id, sum(n_items) filter (where list = 'priority_action') as n_priority_actions
    from core.lists
    group by activity_id
)

select
    v.activity_id,
    a.authority_id,
    a.page as authority_page,
    a.name,
    a.region,
    a.region_page,
    v.activity_kind,
    p.name as what,
    t.name as theme,
    v.start_date,
    v.start_date_basis,
    v.published_date,
    v.basis,
    v.report_id,
    coalesce(
        g.found,
        nullif(concat_ws(
            '; ',
            lower(o.label),
            case
                when n.n_priority_actions = 1 then 'one area for priority action'
                when n.n_priority_actions > 1 then n.n_priority_actions || ' areas for priority action'
            end
        ), '')
    ) as found,
    a.name || ': ' || coalesce(
        g.found, concat_ws('; ', lower(p.name[1]) || p.name[2:] || coalesce(' on ' || lower(t.name[1]) || t.name[2:], ''), found)
    ) as sentence
from marts.all_activities v
join site_authorities a using (authority_id)
join core.frameworks p using (framework_code)
left join core.themes t using (theme_code)
left join core.outcomes o on o.framework_code = v.framework_code and o.outcome_code = v.outcome_code
left join graded g using (activity_id)
left join priorities n using (activity_id)
where v.published_date is not null
order by v.published_date desc, a.name, v.activity_id
