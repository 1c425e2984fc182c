-- @description: One row per authority that $text may mean, the most similar name first. A name, URN or code means a current authority before a former one, either before part of a name, and that before a similar name.
with candidates as (
    select authority_id, authority_name, provider_urn, region_name, is_current,
        jaro_winkler_similarity(lower(authority_name), lower($text)) as similarity,
        case
            when list_contains([lower(authority_name), provider_urn, lower(la_code_gss), la_code_dfe], lower($text))
                or exists (from core.authority_names n where n.authority_id = a.authority_id and lower(n.name) = lower($text))
                then if(is_current, 1, 2)
            when contains(lower(authority_name), lower($text)) then 3
            when similarity > 0.8 then 4
        end as rank
    from core.authorities a
)
select authority_id, authority_name, provider_urn, region_name, is_current, rank = 4 as is_only_similar
from candidates
where rank is not null
qualify rank = min(rank) over () and (rank < 4 or row_number() over (order by similarity desc) <= 5)
order by if(is_only_similar, -similarity, 0), authority_name
