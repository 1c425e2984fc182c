-- @description: One row per authority that $text may mean, the most similar name first. A name, URN or code means a current authority before a former one, either before part of a name, and that before a similar name. Case, spaces and punctuation do not matter, and & is and.
with written as (
    select authority_id, authority_name as text, true as is_official from core.authorities
    union all
    select authority_id, unnest([provider_urn, la_code_gss, la_code_dfe]), false from core.authorities
    union all
    select authority_id, name, false from core.authority_names
    union all
    select null, $text, null
),

plain as (
    select authority_id, is_official, trim(regexp_replace(replace(lower(text), '&', ' and '), '[^a-z0-9]+', ' ', 'g')) as plain
    from written
),

candidates as (
    select
        n.authority_id,
        max(jaro_winkler_similarity(n.plain, t.plain)) filter (where n.is_official) as similarity,
        bool_or(n.plain = t.plain) as is_whole,
        bool_or(n.is_official and contains(n.plain, t.plain)) as is_part
    from plain n
    join plain t on t.authority_id is null
    where n.authority_id is not null
    group by n.authority_id
),

ranked as (
    select
        *,
        case
            when is_whole then if(is_current, 1, 2)
            when is_part then 3
            when similarity > 0.8 then 4
        end as rank
    from candidates
    join core.authorities using (authority_id)
)

select authority_id, authority_name, provider_urn, region_name, is_current, rank = 4 as is_only_similar
from ranked
where rank is not null
qualify rank = min(rank) over () and (rank < 4 or row_number() over (order by similarity desc) <= 5)
order by if(is_only_similar, -similarity, 0), authority_name
