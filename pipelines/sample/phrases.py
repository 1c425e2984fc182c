"""The parts that sentences are made of, written for this sample.

Templates have slots in braces, with what may fill each; `topic.slot` goes before `slot` for that topic.

A template must read well with any filling: who, things and children are plural, results and harms end the sentence.
"""

from collections.abc import Mapping

STRONG = (
    "{who} {well} {see} {thing}, and {result}",
    "{thing} are {adj_good} in {most} cases, so that {result}",
    "{when}, {who} {see} {thing} {well}.",
    "Because {cause}, {result}",
    "{who} told inspectors that {cause}.",
    "In {nn} of the files that inspectors read, {thing} were {adj_good}.",
    "{who} make {adj_good} use of {tool} to follow {thing}.",
    "Work on {thing} has grown stronger since {since}: {cause}.",
    "The grip on {thing} is {adj_good}, helped by {tool}.",
    "{who} and {who} share what they know about {thing} early, and {result}",
    "{tool_cap} help {who} to keep {thing} in view {when_end}.",
    "Inspectors met {kids} who spoke warmly of {who} and said why: {cause}.",
    "{kids} are known well by {who}, which shows in {thing}.",
    "For {kids}, {who} {well} {see} {thing}.",
)
WEAK = (
    "{who} do not {see} {thing} {enough}, so {harm}",
    "{thing} are {adj_bad} in too many cases, and {harm}",
    "Although {cause}, {thing} remain {adj_bad}.",
    "{when}, {thing} were {adj_bad} and {harm}",
    "In {nn} of the files that inspectors read, {thing} were {adj_bad}.",
    "{who} are aware that {thing} are {adj_bad}, but plans to put this right are at an early stage.",
    "Too few {kids} have gained from {tool}, because {thing} are {adj_bad}.",
    "{kids} wait too long when {thing} are {adj_bad}.",
    "Oversight by {who} has not put a stop to drift: {thing} are still {adj_bad}.",
    "The picture is uneven: where {cause}, {kids} do well, but elsewhere {harm}",
    "{tool_cap} were brought in after {since}, yet {thing} are still {adj_bad}.",
)
OPENINGS = (
    "16- and 17-year-olds who have nowhere to live are offered {tool} by {who}.",
    "{nn} of the children whose files inspectors read had gained from {tool}.",
    "{nn} per cent of {kids} have {thing} that {who} call {adj_good}.",
    "21- to 24-year-olds can turn to {who} again whenever {thing} matter to them.",
)
IMPROVE_NOUNS = (
    "The quality and timeliness of {thing}",
    "The consistency with which {who} {see} {thing}",
    "How far {thing} are {adj_good} for {kids}",
    "The oversight of {thing} by {who}",
    "The use of {tool} for {kids}, and the learning drawn from it",
    "The response to {kids} when {thing} are {adj_bad}",
    "The reach of {tool}, so that {kids} gain from {thing} sooner",
    "Management attention to {thing}, including where {who} change",
)
IMPROVE_ENSURE = (
    "Ensure that {who} {well} {see} {thing}, so that {kids} are not left waiting.",
    "Ensure that {thing} are {adj_good} for all {kids}, and that {who} check this {when_end}.",
    "Take steps with {who} so that {thing} are no longer {adj_bad}.",
    "Widen the use of {tool} among {who}, and measure what changes for {kids}.",
    "Make sure that {kids} have a say in {thing}, and that {who} answer them.",
    "Review {thing} together with {who}, and act on what the review finds within three months.",
    "Strengthen the oversight of {thing} by {who} through {tool}.",
)

_RESULTS = (
    "children are safer for it.", "few children wait for help.", "families say that they feel listened to.",
    "plans move at a pace that suits the child.", "drift is rare.", "risk is seen and acted on the same day.",
    "children seldom have to tell their story twice.", "changes last once the work has ended.",
    "well-being is kept in mind as much as safety.", "brothers and sisters stay in touch.",
)  # fmt: skip
_HARMS = (
    "some children wait too long for help.", "risk is not always seen for what it is.", "plans drift for months.",
    "families are not sure what has to change.", "decisions are made on half of the story.",
    "a few children were left in harmful situations for longer than need be.", "the same concerns come round again.",
    "what children have said gets lost between teams.", "later work starts from nothing.",
)  # fmt: skip

SLOTS: Mapping[str, tuple[str, ...]] = {
    "nn": ("#",),
    "result": _RESULTS,
    "harm": _HARMS,
    "most": ("most", "nearly all", "the great majority of", "eight in ten"),
    "well": ("reliably", "steadily", "promptly", "thoughtfully", "consistently", "skilfully", "carefully"),
    "see": ("review", "record", "weigh up", "follow up", "discuss", "shape", "oversee", "bring together", "act on"),
    "enough": ("often enough", "closely enough", "soon enough", "with enough curiosity", "as a matter of course"),
    "adj_good": (
        "clear", "timely", "well-informed", "child-centred", "thorough", "realistic", "well-matched", "purposeful",
        "up-to-date", "sound", "easy to follow", "high-quality",
    ),
    "adj_bad": (
        "thin", "late", "out-of-date", "hard to follow", "overly hopeful", "too general", "one-sided", "not recorded",
        "of mixed quality", "left unfinished",
    ),
    "when": (
        "When worries grow", "Out of hours", "At the front door", "Since the spring", "After a change of worker",
        "Where several teams are involved", "In the weeks before a review", "When families move", "At weekends",
    ),
    "when_end": ("every month", "from week to week", "through the year", "at each review", "after every audit"),
    "since": (
        "the last inspection", "the reshaping of the service", "a peer review", "the new leadership team arrived",
        "an audit in the autumn", "the pilot in two localities",
    ),
    "tool": (
        "weekly tracking meetings", "group supervision", "family-group meetings", "a shared case-recording system",
        "dip samples", "short feedback forms", "a multi-agency panel", "practice weeks", "the advocacy service",
        "direct-work kits", "a life-story library", "monthly performance clinics",
    ),
    "tool_cap": (
        "Weekly tracking meetings", "Group supervision sessions", "Family-group meetings", "Dip samples of case files",
        "Multi-agency panels", "Practice weeks", "Advocates", "Direct-work kits", "Monthly performance clinics",
    ),
    "who": (
        "social workers", "team managers", "practitioners", "senior leaders", "early help workers", "health partners",
        "schools and colleges", "police colleagues", "reviewing officers", "staff in the out-of-hours team",
    ),
    "kids": (
        "children", "young people", "disabled children", "children at risk of exploitation",
        "unaccompanied asylum-seeking children", "young carers", "children who go missing",
        "babies and their brothers and sisters", "children in need",
    ),
    "thing": (
        "assessments", "written plans", "visits to families", "case records", "supervision notes", "risk assessments",
        "chronologies", "decisions and the reasons for them", "return-home interviews", "the views of parents",
    ),
    "cause": (
        "caseloads are kept within bounds", "the workforce is settled", "partners turn up and take part",
        "thresholds are understood across agencies", "managers know the work at first hand", "children are seen alone",
        "the same worker stays with a family", "learning from audits reaches teams", "decision-making is swift",
    ),
    "help_and_protection.thing": (
        "strategy meetings", "section 47 enquiries", "child protection plans", "core groups", "child-in-need plans",
        "contacts and referrals", "early help assessments",
        "pre-proceedings letters", "safety plans", "domestic abuse notifications",
        "checks on private fostering", "conference minutes",
    ),
    "care.thing": (
        "care plans", "health assessments", "personal education plans", "placement matches", "permanence plans",
        "family-time arrangements", "life-story records", "reviews", "kinship assessments", "placements far from home",
        "fostering checks", "visits by the same worker",
    ),
    "care.kids": (
        "children in care", "children placed out of area", "brothers and sisters in care",
        "children with complex needs", "unaccompanied asylum-seeking children",
        "children in kinship homes", "teenagers in foster care",
    ),
    "care_leavers.thing": (
        "pathway plans", "tenancy preparations", "health histories", "offers of staying put", "savings and benefits",
        "contacts with personal advisers", "suitable homes", "apprenticeship offers",
        "mental health referrals", "drop-in sessions",
    ),
    "care_leavers.kids": (
        "care leavers", "young people leaving care", "young parents", "care leavers in custody", "care leavers over 21",
        "young people in semi-independent homes",
    ),
    "care_leavers.who": (
        "personal advisers", "housing officers", "social workers", "senior leaders", "mentors", "careers advisers",
        "health partners", "corporate parents",
    ),
    "adoption.thing": (
        "matches", "adopters’ assessments", "family-finding plans", "later-life letters", "adoption support plans",
        "panel minutes", "early-permanence placements", "introductions", "prospective adopters’ reports",
    ),
    "adoption.kids": (
        "children with a plan of adoption", "adopted children", "sibling groups", "children waiting for a match",
    ),
    "adoption.who": (
        "family finders", "adoption workers", "panel members", "prospective adopters", "the agency’s managers",
    ),
    "leaders.thing": (
        "performance reports", "audits", "budget decisions", "workforce plans", "complaints", "sufficiency plans",
        "improvement priorities", "self-evaluations", "commissioning choices", "supervision arrangements",
    ),
    "leaders.who": (
        "senior leaders", "elected members", "corporate parents", "the director and her team", "middle managers",
        "partners in health and police", "auditors", "members of the scrutiny committee",
    ),
    "partnership.thing": (
        "strategy meetings", "multi-agency audits", "referrals from partners", "joint risk assessments",
        "police notifications", "health records", "information-sharing agreements", "joint training days",
        "return-home interviews", "plans that several agencies share",
    ),
    "partnership.who": (
        "school nurses", "police officers", "health visitors", "social workers", "youth workers", "partner agencies",
        "probation officers", "designated safeguarding leads", "hospital staff", "strategic leaders",
    ),
    "partnership.kids": (
        "children", "young people", "children in need", "children known to several agencies", "young carers",
        "children who go missing", "children and their parents", "babies and their brothers and sisters",
    ),
    "send.thing": (
        "education, health and care plans", "annual reviews", "therapy offers", "neurodevelopmental assessments",
        "short breaks", "school placements", "plans for adulthood", "reports from health professionals",
        "alternative provision places", "commissioning plans", "transport arrangements",
    ),
    "send.who": (
        "area leaders", "therapists", "special educational needs coordinators", "paediatricians", "school leaders",
        "parent carer forum members", "commissioners", "health visitors", "early years advisers", "case officers",
    ),
    "send.kids": (
        "children and young people", "young people with complex needs", "children in the early years",
        "autistic children", "deaf children and young people", "young adults", "children out of school",
    ),
    "lscb.thing": (
        "section 11 audits", "serious case reviews", "training evaluations", "data sets", "board priorities",
        "sub-group plans", "child death reviews", "challenge logs", "policies and procedures", "thresholds",
    ),
    "lscb.who": (
        "board members", "partner agencies", "the chair and the business manager", "lay members", "sub-group chairs",
        "schools on the board", "health partners",
    ),
}  # fmt: skip
