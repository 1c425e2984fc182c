"""Sentences that say of a list that there is nothing on it: "There are no areas for priority action."

Each form is about what was found or is needed. What somebody fails to do is an item ("Recommendations are not acted
on"), and so is what somebody is told to do.
"""

import re

from pipelines.parsing.wording import plain

_ITEMS = r"""(?:[\w'-]+\ ){0,6}?(?:areas?|recommendations?|actions?|need)\b
    (?:\ (?:for|of|that|which|requiring|needing|arising|and|or|to|priority|immediate|urgent|action|actions|practice
    |require|requires|required|would|need|needs|needed|improvement|take|recommend|the|local|authority|board)\b)*"""
_FOUND = (
    r"(?:identif\w+|found|find|made|make|seen?|noted?|raised?|required?|needed|necessary|arose|arising|recommended)"
)
_HERE = r"""(?:,?\ (?:identified|found|arising|made|in|at|by|during|from|as\ a\ result\ of|following)\b
    (?:\ (?:this|the|our|a|an|all|focused|monitoring|joint|inspections?|reviews?|inspectors?|visit|as|result|of|time
    |stage|report|letter))*)?"""
_WERE = r"(?:was|were|is|are|have\ been|has\ been)"
_FORMS = (
    # "None." "Not applicable." "None identified."
    rf"(?:none|nil|no|not\ applicable|n/a)\b(?:\ {_FOUND})?",
    # "As a result of this inspection, there are no areas for priority action."
    rf"""(?!(?:ensure|make|check|review)\b|(?:[\w',-]+\ ){{0,8}}(?:last|previous|earlier)\b)
        (?:[\w',-]+\ ){{0,16}}?there\ {_WERE}(?:\ currently)?\ (?:none|(?:no|nothing|not\ any)\ {_ITEMS}){_HERE}""",
    # "The inspection did not find any areas for priority action." "Inspectors have no priority actions to recommend."
    rf"""(?:[\w',-]+\ ){{0,8}}?(?:inspections?|inspectors?|reviews?|ofsted|we|team|report)\b(?:\ (?:have|has))?
        (?:\ (?:did\ not|do\ not|does\ not|not|could\ not)
        \ (?:led\ to\ the\ )?{_FOUND}(?:\ of)?\ (?:any\ )?
        |\ (?:{_FOUND}\ )?(?:no|nothing|none)\ ){_ITEMS}{_HERE}""",
    # "During this inspection, no areas for priority action were found."
    rf"""(?:[\w',-]+\ ){{0,8}}?no\ (?!children)(?:[\w'-]+\ ){{0,8}}?{_ITEMS}\ (?:{_WERE}\ )?{_FOUND}{_HERE}""",
    # "Areas for priority action were not identified."
    rf"{_ITEMS}\ {_WERE}\ (?:not\ {_FOUND}|none){_HERE}",
    # "It was not necessary to identify any priority actions."
    rf"it\ {_WERE}\ not\ necessary\ to\ {_FOUND}\ (?:any\ )?{_ITEMS}",
    # "This visit did not result in any areas for priority action."
    rf"""(?:this|the|our)\ (?:focused\ |monitoring\ |joint\ )?(?:inspection|visit|review)
        \ did\ not\ (?:lead\ to|result\ in|give\ rise\ to|{_FOUND})\ (?:any\ )?{_ITEMS}{_HERE}""",
    # "No areas for improvement."
    rf"""no\ (?:(?:further|new|additional)\ )?(?:areas?|recommendations?|(?:priority|immediate)\ actions?)
        (?:\ for\ (?:improvement|(?:priority\ |immediate\ )?action))?{_HERE}""",
    # As a field of a form: "Priority and immediate action: none"
    rf"{_ITEMS}:\ none",
)
_NONE = re.compile("|".join(_FORMS), re.IGNORECASE | re.VERBOSE)
_LONGEST = 250


def states_none(text: str) -> bool:
    """Whether a text only says that there is nothing to do.

    >>> states_none("There are no areas for priority or immediate action.")
    True
    >>> states_none("There is no undue delay in children moving to permanent homes.")
    False
    """
    return len(text) < _LONGEST and _NONE.fullmatch(plain(text).rstrip(". ")) is not None
