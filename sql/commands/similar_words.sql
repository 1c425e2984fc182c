-- @description: The word of the paragraphs that $word may be meant for: at most two letters are another, missing, added or changed about, one in a short word; none where there is no such word. Of equally near ones the most frequent.
select w.word
from search.words w
join search.postings p using (term_id)
where
    abs(len(w.word) - len($word)) <= 2
    and len($word) > 3
    and damerau_levenshtein(w.word, $word) <= case when len($word) < 8 then 1 else 2 end
group by w.word
order by damerau_levenshtein(w.word, $word), count(*) desc, w.word
limit 1
