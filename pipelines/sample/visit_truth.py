"""What the sample knows about a visit or joint inspection: what its letter or report states, beside its text."""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class PersonTruth:
    """Somebody who inspected or signed. `role` is lead_inspector, inspector or signatory."""

    role: str
    name: str
    position: str | None
    inspectorate: str = "Ofsted"


@dataclass(frozen=True, slots=True)
class NextStepTruth:
    """What must follow: within so many months, or by a day, by whom; None where the report does not say."""

    kind: str
    months: int | None = None
    is_approximate: bool | None = None
    due_date: date | None = None
    responsible_body: str | None = None


@dataclass(frozen=True, slots=True)
class ListTruth:
    """A list that a visit may have, and whether it does: present, none_stated, carried_forward or absent."""

    list: str
    status: str
    n_items: int = 0
    lead_in: str | None = None


@dataclass(frozen=True, slots=True)
class ActivityTruth:
    """What the letter or report of a visit or joint inspection states, beside what every report does.

    `theme` is what was looked at, in print; `partners` are organisations with their kind, `outcome` its code and its
    sentence; `issues` are the codes of what a careful reader should remark.
    """

    letter_date: date | None = None
    theme_code: str | None = None
    theme: str | None = None
    mode: str | None = None
    inspectorates: tuple[str, ...] = ("Ofsted",)
    people: tuple[PersonTruth, ...] = ()
    partners: tuple[tuple[str, str], ...] = ()
    outcome: tuple[str, str] | None = None
    next_steps: tuple[NextStepTruth, ...] = ()
    lists: tuple[ListTruth, ...] = ()
    strengths: tuple[str, ...] = ()
    visit_ordinal: int | None = None
    previous_inspection: str | None = None
    issues: tuple[str, ...] = ()

    @property
    def leads(self) -> tuple[str, ...]:
        """The names of those who led."""
        return tuple(person.name for person in self.people if person.role == "lead_inspector")
