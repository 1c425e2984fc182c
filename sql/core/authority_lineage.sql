-- @description: One row per authority and relative by merger or split, ancestors and descendants of any degree: what became of a place, and what it came from.
-- @grain: authority_id, relation, relative_id
-- @column: authority_id | The authority, as in core.authorities.
-- @column: relation | ancestor, descendant, or itself where only its code changed.
-- @column: relative_id | The ancestor or descendant, as in core.authorities; the authority itself where only its code changed.
-- @column: kind | merge, split or recode: the change by which the ancestor ended or the descendant began.
-- @column: change_date | First day after that change.
-- @column: n_steps | Mergers and splits between the two; 0 for a change of code.
-- @column: relative_gss | The relative's GSS code at that change; for a change of code the earlier code.
-- @unique: authority_id, relation, relative_id, relative_gss
-- @not_null: authority_id, relation, relative_id, kind, change_date, n_steps, relative_gss
-- @references: authority_id | core.authorities.authority_id
-- @references: relative_id | core.authorities.authority_id
-- @warning: A change of code makes no new authority: its inspections are under one authority_id before and after, and relation is itself.
-- @warning: Grades never carry over to a relative. A part of an area may have gone to a descendant, as Christchurch went from Dorset.
with recursive steps as (
    select
        f.authority_id as from_id,
        t.authority_id as to_id,
        h.kind,
        h.change_date,
        h.from_gss,
        h.to_gss
    from core.authority_changes h
    join core.authority_codes f on f.la_code_gss = h.from_gss
    join core.authority_codes t on t.la_code_gss = h.to_gss
),

descents as (
    select from_id, to_id, from_gss, to_gss, kind as first_kind, change_date as first_date, kind, change_date, 1 as n_steps
    from steps
    where from_id <> to_id
    union
    select d.from_id, s.to_id, d.from_gss, s.to_gss, d.first_kind, d.first_date, s.kind, s.change_date, d.n_steps + 1
    from descents d
    join steps s on s.from_id = d.to_id and s.to_id <> s.from_id and s.change_date > d.change_date
),

relatives as (
    select
        from_id as authority_id,
        'descendant' as relation,
        to_id as relative_id,
        kind,
        change_date,
        n_steps,
        to_gss as relative_gss
    from descents
    union
    select to_id, 'ancestor', from_id, first_kind, first_date, n_steps, from_gss
    from descents
    union
    select from_id, 'itself', to_id, kind, change_date, 0, from_gss
    from steps
    where from_id = to_id
)

from relatives
qualify row_number() over (partition by authority_id, relation, relative_id, relative_gss order by n_steps, change_date) = 1
order by authority_id, relation, n_steps, relative_id, relative_gss
